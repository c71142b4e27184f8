"""Filling the content calendar, from the pack's week or slot by slot."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Slot
from siyu_saas.guidance.queries.content import slots_between
from siyu_saas.guidance.rules.content import About, Line, SlotState
from siyu_saas.packs.shapes.playbook import ContentWeek


def lay_week(week: ContentWeek, *, engagement_id: UUID, monday: date, by: Actor) -> int:
    """From the pack's usual week; what stands in the calendar already stays. Returns how many were added."""
    taken = {(one.on, one.at) for one in slots_between(engagement_id, monday, monday + timedelta(days=6))}
    rows = [
        Slot(
            id=new_id(),
            engagement_id=engagement_id,
            on=on,
            at=at,
            column=slot.title,
            topic=topic,
            line=Line(slot.line),
            about=About(slot.view),
            state=SlotState.DRAFT,
        )
        for on, at, slot, topic in _planned(week, monday)
        if (on, at) not in taken
    ]
    db.session.add_all(rows)
    if rows:
        db.session.flush()
        audit.record("content.laid", rows[0], by=by, label=f"{monday.isoformat()} 起的一周")
    db.session.flush()
    return len(rows)


def _planned(week: ContentWeek, monday: date):
    for slot in week.slots:
        for weekday, topic in enumerate(slot.days):
            if topic:
                yield monday + timedelta(days=weekday), time.fromisoformat(slot.time), slot, topic


def add_slot(*, engagement_id: UUID, **fields: Any) -> Slot:
    row = Slot(id=new_id(), engagement_id=engagement_id, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def change_slot(row: Slot, **fields: Any) -> None:
    """A text that was approved and is changed wants to be approved again."""
    if row.state is SlotState.APPROVED and fields.get("text", row.text) != row.text:
        row.state = SlotState.DRAFT
    for name, value in fields.items():
        setattr(row, name, value)
    db.session.flush()


def move_slot(row: Slot, state: SlotState) -> None:
    """Raises NotReady for what would be posted without having been approved."""
    if state is SlotState.POSTED and row.state is not SlotState.APPROVED:
        raise NotReady("先审过再发：这条内容还没有通过审核。")
    row.state = state
    db.session.flush()


def drop_slot(row: Slot) -> None:
    row.removed = True
    db.session.flush()
