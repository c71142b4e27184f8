"""Copying who answers for what into a plan, and changing it there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Duty, Plan
from siyu_saas.plan.queries.plans import posts_of
from siyu_saas.plan.rules.duties import duty_flaw, letters_told


def copy_duties(plan: Plan, responsibilities: Iterable[Any]) -> None:
    """`responsibilities` of a pack, with title and roles."""
    db.session.add_all(
        Duty(id=new_id(), plan_id=plan.id, position=place, title=one.title, letters=dict(one.roles))
        for place, one in enumerate(responsibilities, 1)
    )
    db.session.flush()


def add_duty(plan: Plan, *, title: str, letters: Mapping[str, str], by: Actor) -> Duty:
    _refuse_flawed(letters)
    last = db.session.scalar(sa.select(sa.func.max(Duty.position)).where(Duty.plan_id == plan.id)) or 0
    row = Duty(id=new_id(), plan_id=plan.id, position=last + 1, title=title, letters=dict(letters))
    db.session.add(row)
    audit.record("duty.added", row, by=by, label=f"{title}：{letters_told(letters)}")
    db.session.flush()
    return row


def change_duty(row: Duty, *, title: str, letters: Mapping[str, str], by: Actor) -> None:
    _refuse_flawed(letters)
    if (row.title, row.letters) == (title, letters):
        return
    left_out = {role for role in row.letters if role not in letters}
    changes = {
        "letters": (letters_told(row.letters), letters_told(letters)),
        "holder_ids": (_holders(row.plan_id, left_out), ""),
    }
    row.title, row.letters = title, dict(letters)
    audit.record("duty.changed", row, by=by, label=f"{title}：{letters_told(letters)}", changes=changes)
    db.session.flush()


def drop_duty(row: Duty, *, plan: Plan, by: Actor) -> None:
    """Recorded of the plan, for the row is gone when people are told."""
    changes = {
        "letters": (letters_told(row.letters), ""),
        "holder_ids": (_holders(plan.id, row.letters.keys()), ""),
    }
    audit.record("duty.removed", plan, by=by, label=row.title, changes=changes)
    db.session.delete(row)
    db.session.flush()


def _holders(plan_id: UUID, roles: Collection[str]) -> str:
    """Ids of those who hold the roles now, for who is told that a duty left them."""
    return ",".join(str(post.user_id) for post in posts_of(plan_id) if post.role in roles and post.user_id)


def _refuse_flawed(letters: Mapping[str, str]) -> None:
    flaw = duty_flaw(letters)
    if flaw:
        raise NotReady(flaw)
