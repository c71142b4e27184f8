"""Edits of a plan that both sides agreed on, and what they do to everything else, before anybody is asked.

An edit is a dict that survives JSON: {"op": "move", "task": id, "starts_on": day, "ends_on": day},
{"op": "link" | "unlink", "before": id, "after": id}, {"op": "remove", "task": id},
{"op": "add", "task": id, "title": …, "milestone": id, "kind": …, "role": …, "starts_on": …, "ends_on": …}, where an
owner, standards, `key`, `helpers`, `checklists`, `campaign` and `form_key` may be said as well, and {"op": "milestone", "milestone": id,
"key": …, "title": …, "stage": …, "required": …, "gate": …, "deliverable": …, "acceptance": …} for added tasks to belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from .layout import Span
from .network import before_of, in_order
from .schedule import Work, forecast, pushed


class ChangeState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    INFORMED = "informed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return CHANGE_TITLES[self]


CHANGE_TITLES = {
    ChangeState.DRAFT: "未发出",
    ChangeState.PROPOSED: "等商家确认",
    ChangeState.CONFIRMED: "商家已确认",
    ChangeState.INFORMED: "已知会",
    ChangeState.DECLINED: "商家没有同意",
    ChangeState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """One task or milestone that gets other dates; `days` is how much later it ends, `chosen`: somebody moved it."""

    task: str
    title: str
    was_from: str
    was_until: str
    starts_on: str
    ends_on: str
    days: int
    chosen: bool
    campaign: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does. `needs_consent` is false for what may be told afterwards: it moves nothing by more than
    `informed_days`, as the charter says."""

    shifts: tuple[Shift, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    ends_before: str | None
    ends_after: str | None
    most_days: int
    informed_days: int
    needs_consent: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """New spans of the tasks that move, the links as they are and as they will be, and what to show of it."""

    spans: Mapping[UUID, Span]
    links_before: tuple[tuple[UUID, UUID], ...]
    links: tuple[tuple[UUID, UUID], ...]
    impact: Impact


def merged(edits: Sequence[Mapping[str, Any]], edit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A later edit of the same thing replaces the earlier one; taking out what this change added leaves nothing."""
    if edit["op"] == "remove" and any(one["op"] == "add" and one["task"] == edit["task"] for one in edits):
        return [dict(one) for one in edits if edit["task"] not in one.values()]
    if edit["op"] == "move":
        edits = [
            {**one, "starts_on": edit["starts_on"], "ends_on": edit["ends_on"]}
            if one["op"] == "add" and one["task"] == edit["task"]
            else one
            for one in edits
        ]
        if any(one["op"] == "add" and one["task"] == edit["task"] for one in edits):
            return [dict(one) for one in edits]
    return [*(dict(one) for one in edits if _subject(one) != _subject(edit)), dict(edit)]


def outcome(
    edits: Iterable[Mapping[str, Any]],
    works: Sequence[Work],
    titles: Mapping[UUID, str],
    links: Iterable[tuple[UUID, UUID]],
    *,
    today: date,
    informed_days: int,
) -> Outcome:
    """`works` and `titles` are of the plan as it is, by task id. Raises Circle when the new links go round."""
    edits, links = list(edits), [tuple(link) for link in links]
    removed = {UUID(one["task"]) for one in edits if one["op"] == "remove"}
    added = [_added(one) for one in edits if one["op"] == "add"]
    titles = {**titles, **{UUID(one["task"]): one["title"] for one in edits if one["op"] == "add"}}
    after_works = [work for work in (*works, *added) if work.key not in removed]
    after_links = _links_after(edits, links, removed)
    in_order(before_of((work.key for work in after_works), after_links))
    moved = {
        UUID(one["task"]): Span(date.fromisoformat(one["starts_on"]), date.fromisoformat(one["ends_on"]))
        for one in edits
        if one["op"] == "move" and UUID(one["task"]) not in removed
    }
    spans = pushed(after_works, after_links, moved)
    shifts = tuple(
        _shift(work, spans[work.key], titles[work.key], work.key in moved) for work in after_works if work.key in spans
    )
    ends_before = _end_of(works, links, today)
    ends_after = _end_of([_placed(work, spans) for work in after_works], after_links, today)
    most_days = max((abs(shift.days) for shift in shifts), default=0)
    impact = Impact(
        shifts=shifts,
        added=tuple(titles[work.key] for work in added if work.key not in removed),
        removed=tuple(titles[key] for key in removed if key in titles),
        ends_before=ends_before.isoformat() if ends_before else None,
        ends_after=ends_after.isoformat() if ends_after else None,
        most_days=most_days,
        informed_days=informed_days,
        needs_consent=bool(
            added
            or removed
            or ends_after != ends_before
            or most_days > informed_days
            or any(shift.campaign for shift in shifts)
        ),
    )
    return Outcome(spans, tuple(links), tuple(after_links), impact)


def _subject(edit: Mapping[str, Any]) -> tuple:
    if edit["op"] in ("link", "unlink"):
        return "link", edit["before"], edit["after"]
    return edit["op"], edit["milestone" if edit["op"] == "milestone" else "task"]


def _added(edit: Mapping[str, Any]) -> Work:
    first, last = date.fromisoformat(edit["starts_on"]), date.fromisoformat(edit["ends_on"])
    return Work(UUID(edit["task"]), first, last, edit.get("campaign", False))


def _links_after(edits, links, removed: set[UUID]) -> list[tuple[UUID, UUID]]:
    """What stood behind a removed task stands behind what that one waited for."""
    kept = dict.fromkeys(links)
    for edit in edits:
        if edit["op"] == "unlink":
            kept.pop((UUID(edit["before"]), UUID(edit["after"])), None)
        elif edit["op"] == "link":
            kept[UUID(edit["before"]), UUID(edit["after"])] = None
    for gone in removed:
        ahead = [before for before, after in kept if after == gone]
        behind = [after for before, after in kept if before == gone]
        kept = {pair: None for pair in kept if gone not in pair}
        kept.update(dict.fromkeys((before, after) for before in ahead for after in behind))
    return list(kept)


def _shift(work: Work, span: Span, title: str, chosen: bool) -> Shift:
    return Shift(
        task=str(work.key),
        title=title,
        was_from=work.starts_on.isoformat(),
        was_until=work.ends_on.isoformat(),
        starts_on=span.starts_on.isoformat(),
        ends_on=span.ends_on.isoformat(),
        days=(span.ends_on - work.ends_on).days,
        chosen=chosen,
        campaign=work.campaign,
    )


def _placed(work: Work, spans: Mapping) -> Work:
    span = spans.get(work.key)
    if span is None:
        return work
    return Work(work.key, span.starts_on, span.ends_on, work.campaign, work.started_on, work.done_on)


def _end_of(works: Sequence[Work], links: Iterable[tuple], today: date) -> date | None:
    return forecast(works, links, today=today).ends_on
