"""Where an engagement stands and whose move it is, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.plan.rules.waiting import Lost, lost_days
from siyu_saas.tenants.rules import STAGE_TITLES, Role, Side, Stage
from siyu_saas.tenants.rules.stages import Missing
from siyu_saas.tenants.rules.waiting import Open

DAYS_A_WEEK = 7
NEW_ENGAGEMENT = ("新建服务期", "workspace.new_engagement", "engagement.edit")
WORKING = (Stage.GUIDE, Stage.CLOSE)
STAGES = ("workspace.stages", "engagement.edit")


class EventKind(StrEnum):
    """What an event is about, by the first word of its verb; what no kind names is `OTHER`."""

    PEOPLE = "people"
    DOCUMENTS = "documents"
    ENGAGEMENT = "engagement"
    FILES = "files"
    TALK = "talk"
    OTHER = "other"

    @property
    def title(self) -> str:
        return EVENT_KINDS[self][0]

    @property
    def prefixes(self) -> tuple[str, ...]:
        return EVENT_KINDS[self][1]


EVENT_KINDS = {
    EventKind.PEOPLE: ("成员与链接", ("member", "invitation", "staff", "firm", "page")),
    EventKind.DOCUMENTS: ("签署与个人信息", ("document", "record")),
    EventKind.ENGAGEMENT: ("服务期", ("engagement", "stage", "kickoff", "coordinator")),
    EventKind.FILES: ("资料与导出", ("file", "archive", "history")),
    EventKind.TALK: ("评论与备注", ("comment", "note")),
    EventKind.OTHER: ("其他", ()),
}
TEAM_ONLY = ("note.%", "finding.%")
"""Of these the merchant hears nothing: findings are worked on before they are sent, and some are hidden for good."""

KNOWN_PREFIXES = tuple(prefix for _title, prefixes in EVENT_KINDS.values() for prefix in prefixes)


def day_of(text: str) -> date:
    """A day, or a moment in UTC, as databases write them; the day in Shanghai."""
    if len(text) == len("2026-11-25"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class Week:
    """`number` is 0 before the start and stays at `total` after the end."""

    number: int
    total: int


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    note: str = ""
    share: int = 0
    href: str | None = None


def week_of(starts_on: date, ends_on: date, today: date) -> Week:
    total = ((ends_on - starts_on).days + DAYS_A_WEEK) // DAYS_A_WEEK
    passed = (today - starts_on).days // DAYS_A_WEEK + 1
    return Week(min(max(passed, 0), total), total)


def weeks_of_days(rows: Iterable[Any], today: date) -> list[tuple[date, list[Any]]]:
    """Rows with `ends_on`, by the Monday of their week; what is overdue stands with this week."""
    found: dict[date, list[Any]] = {}
    for row in rows:
        day = max(row.ends_on, today)
        found.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    return sorted(found.items())


@dataclass(frozen=True)
class Spell:
    """How long service periods of one package stayed in a stage, in days: the middle one, and out of how many."""

    package: str
    stage: Stage
    days: int
    count: int


def stage_spells(rows: Iterable[Any]) -> list[Spell]:
    """`rows` in order of time within each service period; a stage counts once it was left."""
    stayed: dict[tuple[str, Stage], list[int]] = {}
    before = None
    for row in rows:
        if before is not None and before.engagement_id == row.engagement_id:
            stayed.setdefault((before.package, before.stage), []).append((row.entered_at - before.entered_at).days)
        before = row
    order = list(Stage)
    spells = [Spell(package, stage, int(median(days)), len(days)) for (package, stage), days in stayed.items()]
    return sorted(spells, key=lambda one: (one.package, order.index(one.stage)))


def lost_by_package(waits: Iterable[Any], today: date) -> list[tuple[str, Lost]]:
    """Working days that were waited for, by the package, the side and the reason; the costliest first."""
    of_package: dict[str, list[Any]] = {}
    for wait in waits:
        of_package.setdefault(wait.package_title, []).append(wait)
    lost = [(package, one) for package, some in of_package.items() for one in lost_days(some, today=today)]
    return sorted(lost, key=lambda pair: (-pair[1].days, pair[1].side, pair[0], pair[1].cause))


def stage_bar(stage: Stage, *, href: str | None = None) -> list[Step]:
    order = list(Stage)
    at = order.index(stage)
    return [
        Step(STAGE_TITLES[one], "done" if place < at else "on" if place == at else "todo", href=href)
        for place, one in enumerate(order)
    ]


@dataclass(frozen=True)
class Move:
    """`side` is whose turn it is, `permission` what acting takes; `endpoint` names the page to do it on."""

    side: Side
    sentence: str
    action: str = ""
    endpoint: str = ""
    permission: str = "workspace.see"
    values: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None


@dataclass(frozen=True)
class FirstStep:
    """One line of the list that a new merchant starts with."""

    label: str
    done: bool
    endpoint: str


def next_move(
    engagement,
    missing: list[Missing],
    *,
    things: Sequence[Open] = (),
    own: Callable[[Missing | Open], bool] = lambda _one: False,
) -> Move:
    """The first thing that has to happen. `missing` still blocks the next stage, `things` are open in the rooms, `own` says
    what the reader can do: that comes first. While work goes on (指导), its things come before what ends the stage."""
    if engagement is None:
        return Move(Side.FIRM, "开始第一个服务期，约定起止日期和服务内容", *NEW_ENGAGEMENT)
    if engagement.archived_at is not None:
        return Move(Side.FIRM, "这个服务期已归档，内容仍可查看；要继续合作，请新建服务期", *NEW_ENGAGEMENT)
    if engagement.paused_on is not None:
        return Move(Side.FIRM, "服务期暂停中，恢复后剩余日期整体顺延", "查看暂停", *STAGES)
    gates = [_gate_move(one, engagement.stage) for one in missing]
    works = [_thing_move(one) for one in things]
    moves = works + gates if engagement.stage in WORKING else gates + works
    mine = {id(move) for move, one in zip([*gates, *works], [*missing, *things], strict=True) if own(one)}
    if moves:
        return next((move for move in moves if id(move) in mine), moves[0])
    after = engagement.stage.next
    if after is None:
        return Move(Side.FIRM, "条件都齐了，可以归档这个服务期", "去归档", *STAGES)
    return Move(Side.FIRM, f"条件都齐了，可以进入「{after.title}」", "进入下一阶段", *STAGES)


def _gate_move(one: Missing, stage: Stage) -> Move:
    return Move(one.side, f"{one.sentence}，之后才能{_goal(stage)}", one.action, one.endpoint, one.permission)


def _thing_move(one: Open) -> Move:
    sentence = f"{one.title}，{one.consequence}" if one.consequence else one.title
    return Move(one.side, sentence, one.action, one.endpoint, one.permission, one.values, one.due_on)


def dated(things: Sequence[Open], *, today: date) -> list[Open]:
    """What falls into the next seven days, by day."""
    until = today + timedelta(days=DAYS_A_WEEK - 1)
    return sorted((one for one in things if one.due_on and today <= one.due_on <= until), key=lambda one: one.due_on)


def whose_turn(move: Move, *, side: Side, may_act: bool) -> str:
    """As the reader is told: somebody who may not do it is never told that it is their turn."""
    if move.side is side and may_act:
        return "你"
    return "商家" if move.side is Side.MERCHANT else "顾问"


def way_to(move: Move, *, side: Side) -> str:
    """The word on the button: nobody is told to do what is the other side's."""
    return move.action or ("去处理" if move.side is side else "去看看")


def first_steps(engagement, roles: frozenset[Role], *, asked: bool) -> list[FirstStep]:
    """邀请店主 → 发诊断问卷 → 约启动会, while a service period is new; none once all are done or the first stage is over."""
    if engagement is None or engagement.stage is not Stage.DIAGNOSE or engagement.archived_at is not None:
        return []
    steps = [
        FirstStep("邀请店主", Role.BOSS in roles, "workspace.people"),
        FirstStep("确定对接人", bool(engagement.coordinator), "workspace.stages"),
        FirstStep("发诊断问卷", asked, "diagnosis.show"),
        FirstStep("约启动会", engagement.kickoff_at is not None, "workspace.stages"),
    ]
    return [] if all(step.done for step in steps) else steps


def _goal(stage: Stage) -> str:
    return f"进入「{stage.next.title}」" if stage.next else "结束这个服务期"
