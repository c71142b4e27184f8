"""What was done: milestones, tasks, campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.guidance.models import Campaign
from siyu_saas.guidance.queries.campaigns import campaigns_of, improvements_of
from siyu_saas.guidance.queries.checklists import checklists_of, items_by_checklist
from siyu_saas.guidance.rules.campaigns import Verdict
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.plan.models import Change, Meeting
from siyu_saas.plan.queries.changes import changes_of
from siyu_saas.plan.queries.plans import milestones_of, plan_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.queries.waits import meetings_of
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.reports.rules.shape import Facts, Picture, Section, Source, Table
from siyu_saas.web.filters.numbers import percent

from .measured import Measured

MEETINGS_SHOWN, CHANGES_SHOWN = 60, 60
SHARE = "活动日占服务期"
GOALS = (
    ("参与", "人", "joins", "goal_joins"),
    ("互动", "人", "interactions", "goal_interactions"),
    ("订单", "单", "orders", "goal_orders"),
)


def execution(engagement_id: UUID, *, on: date) -> tuple[Section, tuple[dict[str, Any], ...]]:
    """The section, and for the appendix what was said in meetings and which changes the plan went through."""
    plan = plan_of(engagement_id)
    if plan is None:
        return Section("execution", missing="未采集：还没有排期"), ()
    meetings, changes = meetings_of(plan.id, MEETINGS_SHOWN), changes_of(plan.id, CHANGES_SHOWN)
    milestones, tasks = milestones_of(plan.id), tasks_of(plan.id)
    done = [task for task in tasks if task.state is TaskState.ACCEPTED]
    due = [task for task in tasks if (task.agreed_until or task.ends_on) <= on or task in done]
    in_time = [task for task in due if task.done_on is not None and task.done_on <= (task.agreed_until or task.ends_on)]
    pairs = (
        ("里程碑", f"{sum(one.reached_on is not None for one in milestones)} / {len(milestones)} 个已达成"),
        ("任务", f"{len(done)} / {len(tasks)} 项已通过验收"),
        ("按时率", f"{percent(len(in_time), len(due))}（{len(in_time)} / {len(due)} 项到期任务按约定日期完成）"),
        ("会议", f"{len(meetings)} 次，纪要见附录" if meetings else "没有纪要"),
        ("计划改动", f"{len(changes)} 次，见附录" if changes else "没有改动"),
    )
    rows = tuple(
        (
            one.title,
            (one.agreed_until or one.ends_on).isoformat(),
            one.reached_on.isoformat() if one.reached_on else "未达成",
            f"{one.satisfaction} 分" if one.satisfaction else "—",
        )
        for one in milestones
    )
    blocks = [Facts(pairs)]
    if milestones:
        blocks.append(_strip(milestones, on))
        blocks.append(Table(("里程碑", "约定日期", "达成日期", "满意度"), rows, caption="里程碑"))
    lists = _checklists(engagement_id)
    if lists is not None:
        blocks.append(lists)
    source = Source("按时率", "task_on_time_rate", f"截至 {on}", f"计划第 {plan.edition} 版", "plan.show")
    return Section("execution", tuple(blocks), sources=(source,)), (*_minutes(meetings), *_changes(changes))


def _minutes(meetings: list[Meeting]) -> Iterator[dict[str, Any]]:
    if meetings:
        rows = [[one.held_on.isoformat(), one.title, "；".join(one.decisions.splitlines())] for one in meetings[::-1]]
        yield {"title": "会议纪要索引", "head": ["日期", "会议", "决议"], "rows": rows, "words": True}


def _changes(changes: list[Change]) -> Iterator[dict[str, Any]]:
    if changes:
        rows = [
            [
                f"第 {one.number} 次",
                one.made_at.astimezone(SHANGHAI).date().isoformat(),
                one.state.title,
                one.reason or "—",
            ]
            for one in changes[::-1]
        ]
        yield {"title": "计划改动记录", "head": ["次序", "日期", "状态", "原因"], "rows": rows, "words": True}


def campaigns(engagement_id: UUID, measured: Measured) -> Section:
    run = sorted(campaigns_of(engagement_id), key=lambda one: (one.starts_on, one.title))
    blocks = [*_held_against(run), *_reviews(run)] if run else []
    if measured.campaigns:
        blocks.append(_sales(measured))
    return Section("campaigns", tuple(blocks), missing="未采集：没有登记过活动")


def _held_against(run: list[Campaign]) -> Iterator[Table]:
    """Goals that nobody set for any campaign are no columns."""
    columns = [
        (title, unit, actual, goal)
        for title, unit, actual, goal in GOALS
        if any(getattr(one, field) is not None for one in run for field in (actual, goal))
    ]
    rows = tuple(
        (
            one.title,
            f"{one.starts_on} 至 {one.ends_on}",
            *(_against(getattr(one, actual), getattr(one, goal), unit) for _title, unit, actual, goal in columns),
            _money(one.gmv_fen),
        )
        for one in run
    )
    head = ("活动", "日期", *(f"{title} / 目标" for title, *_rest in columns), "GMV")
    yield Table(head, rows, numbers=tuple(range(2, len(head))), caption="每场活动的目标与实际")


def _reviews(run: list[Campaign]) -> Iterator[Table]:
    found = improvements_of([one.id for one in run])
    rows = []
    for one in run:
        said = found.get(one.id, [])
        told = ("；".join(line.text for line in said if line.verdict is verdict) or "—" for verdict in Verdict)
        if said or one.summary:
            rows.append((one.title, *told, one.summary or "—"))
    if rows:
        yield Table(("活动", *(verdict.title for verdict in Verdict), "小结"), tuple(rows), caption="复盘")


def _against(actual: int | None, goal: int | None, unit: str) -> str:
    """「8 单 / 10（80.0%）」."""
    shown = f"{'未采集' if actual is None else f'{actual:,} {unit}'} / {'未定' if goal is None else f'{goal:,}'}"
    return f"{shown}（{percent(actual, goal)}）" if actual is not None and goal else shown


def _money(fen: int | None) -> str:
    return "未采集" if fen is None else f"{fen / 100:,.2f} 元"


def _sales(measured: Measured) -> Table:
    rows = [
        (one.title, f"{one.first} 至 {one.last}", f"{one.window.days} 天", *_sold(measured, one.window.dates()))
        for one in measured.campaigns
    ]
    after = measured.row.after if measured.row else None
    days = sorted({day for one in measured.campaigns for day in one.window.dates() if after and day in after})
    if days:
        rows.append(("服务期活动日合计", _span(after), f"{len(days)} 天", *_sold(measured, days)))
        rows.append((SHARE, _span(after), *_shares(measured, days, after)))
    head = ("活动", "日期", "天数", "买家", "GMV")
    return Table(head, tuple(rows), numbers=(2, 3, 4), caption="活动期间的成交，按日相加")


def _shares(measured: Measured, days: list[date], after: Window) -> tuple[str, str, str]:
    """Of the days, the buyers and the sales of the whole window; only where no day of it is missing."""
    shares = []
    for field in ("group_buyers", "group_gmv"):
        whole = [measured.counts.get(field, {}).get(day) for day in after.dates()]
        chosen = [measured.counts.get(field, {}).get(day) for day in days]
        shares.append("未采集" if None in whole else percent(sum(chosen), sum(whole)))
    return percent(len(days), after.days), *shares


def _sold(measured: Measured, days: Iterable[date]) -> tuple[str, str]:
    buyers, money = (
        [value for day in days if (value := measured.counts.get(field, {}).get(day)) is not None]
        for field in ("group_buyers", "group_gmv")
    )
    return (
        f"{sum(buyers)} 人" if buyers else "未采集",
        f"{sum(money) / 100:,.2f} 元" if money else "未采集",
    )


def _span(window: Window) -> str:
    return f"{window.first} 至 {window.last}"


def _checklists(engagement_id: UUID) -> Table | None:
    taken_up = checklists_of(engagement_id)
    if not taken_up:
        return None
    items = items_by_checklist(engagement_id)
    rows = []
    for one in taken_up:
        states = [str(item.state.value) for item in items.get(one.id, ())]
        left_out = states.count("n_a")
        rows.append((one.title, f"{states.count('accepted')} / {len(states) - left_out}", f"{left_out} 项"))
    return Table(("清单", "已验收 / 应做", "不适用"), tuple(rows), numbers=(1, 2), caption="指导清单")


def _strip(milestones, on: date) -> Picture:
    start = min(one.starts_on for one in milestones)
    start -= timedelta(days=start.weekday())
    end = max(one.reached_on or one.ends_on for one in milestones)
    rows = [
        {
            "key": f"m{place}",
            "name": one.title,
            "start": one.starts_on.isoformat(),
            "end": max(one.reached_on or one.ends_on, one.starts_on).isoformat(),
            "progress": 1.0 if one.reached_on else 0.0,
        }
        for place, one in enumerate(milestones)
    ]
    weeks = max(1, -(-((end - start).days + 1) // 7))
    return Picture(
        "gantt",
        "里程碑按周",
        "深色为已达成",
        {"rows": rows, "start": start.isoformat(), "weeks": weeks, "today": on.isoformat()},
    )
