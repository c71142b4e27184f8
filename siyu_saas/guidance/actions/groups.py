"""Keeping the ledger of groups, the dictionary of tags, and the procedures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Group, GroupWeek, SopStep, Tag
from siyu_saas.guidance.queries.groups import steps_of, tags_of, week_of_group
from siyu_saas.packs.shapes.playbook import Procedure, TagGroup
from siyu_saas.plan.rules.team import role_title


def open_group(*, engagement_id: UUID, by: Actor, **fields: Any) -> Group:
    row = Group(id=new_id(), engagement_id=engagement_id, **fields)
    db.session.add(row)
    audit.record("group.opened", row, by=by, label=row.name)
    db.session.flush()
    return row


def change_group(row: Group, *, by: Actor, **fields: Any) -> None:
    changes = {name: (getattr(row, name), value) for name, value in fields.items() if getattr(row, name) != value}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    if changes:
        audit.record("group.changed", row, by=by, label=row.name, changes=changes)
    db.session.flush()


def dissolve_group(row: Group, *, on: date, by: Actor) -> None:
    """Comparisons leave out what a dissolved group takes away, so the day is kept."""
    if row.dissolved_on is not None:
        raise NotReady("这个群已经解散了。")
    row.dissolved_on = on
    audit.record("group.dissolved", row, by=by, label=row.name)
    db.session.flush()


def note_week(group: Group, week: date, **figures: int | None) -> GroupWeek:
    row = week_of_group(group.id, week)
    if row is None:
        row = GroupWeek(id=new_id(), group_id=group.id, week=week)
        db.session.add(row)
    for name, value in figures.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def lay_tags(templates: Iterable[TagGroup], *, engagement_id: UUID, by: Actor) -> int:
    """Takes up the pack's tags that are not there yet."""
    known = {(one.family, one.value) for one in tags_of(engagement_id)}
    rows = [
        Tag(id=new_id(), engagement_id=engagement_id, family=one.title, value=value, source=one.origin, use=one.purpose)
        for one in templates
        for value in one.values
        if (one.title, value) not in known
    ]
    db.session.add_all(rows)
    db.session.flush()
    if rows:
        audit.record("tags.laid", rows[0], by=by, label=f"{len(rows)} 个标签")
        db.session.flush()
    return len(rows)


def add_tag(*, engagement_id: UUID, **fields: Any) -> Tag:
    row = Tag(id=new_id(), engagement_id=engagement_id, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def point_tag(row: Tag, leads_to) -> None:
    row.leads_to = leads_to
    db.session.flush()


def drop_tag(row: Tag) -> None:
    db.session.delete(row)
    db.session.flush()


def lay_steps(templates: Iterable[Procedure], *, engagement_id: UUID, by: Actor) -> int:
    """Takes up the pack's procedures that are not there yet."""
    known = {(one.scene, one.trigger) for one in steps_of(engagement_id)}
    rows = [
        SopStep(
            id=new_id(),
            engagement_id=engagement_id,
            scene=one.title,
            trigger=one.trigger,
            action=one.action,
            within=one.within,
            role=role_title(one.role),
            exception=one.exception,
        )
        for one in templates
        if (one.title, one.trigger) not in known
    ]
    db.session.add_all(rows)
    db.session.flush()
    if rows:
        audit.record("sop.laid", rows[0], by=by, label=f"{len(rows)} 个步骤")
        db.session.flush()
    return len(rows)


def add_step(*, engagement_id: UUID, **fields: Any) -> SopStep:
    row = SopStep(id=new_id(), engagement_id=engagement_id, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def change_step(row: SopStep, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    db.session.flush()


def drop_step(row: SopStep) -> None:
    row.removed = True
    db.session.flush()
