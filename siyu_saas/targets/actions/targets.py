"""Drafting a target, changing the draft, and resting it on a calculation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.models import CalcRun
from siyu_saas.targets.models import Support, Target
from siyu_saas.targets.queries import support_between, target_of_form
from siyu_saas.targets.rules.states import State


def draft_target(engagement_id: UUID, terms: Mapping[str, Any], *, form_key: str | None = None, by: Actor) -> Target:
    """`terms` are columns of Target by name. The same form submitted again gives the target of the first time."""
    before = target_of_form(form_key) if form_key else None
    if before is not None:
        return before
    last = db.session.scalar(sa.select(sa.func.max(Target.position)).where(Target.engagement_id == engagement_id))
    target = Target(
        id=new_id(),
        engagement_id=engagement_id,
        position=(last or 0) + 1,
        made_by_name=by.name,
        form_key=form_key,
        **terms,
    )
    db.session.add(target)
    audit.record("target.drafted", target, by=by, label=target.title)
    db.session.flush()
    return target


def change_target(target: Target, terms: Mapping[str, Any], *, by: Actor) -> None:
    """Only before it is proposed; afterwards values are answered by offers."""
    if target.state is not State.DRAFT:
        raise NotReady("这个目标已经发给对方，要改请提出不同数值或发起修订。")
    before = {name: getattr(target, name) for name in terms}
    for name, value in terms.items():
        setattr(target, name, value)
    changes = {name: (before[name], value) for name, value in terms.items() if before[name] != value}
    audit.record("target.changed", target, by=by, label=target.title, changes=changes)
    db.session.flush()


def rest_on(target: Target, run: CalcRun, *, by: Actor) -> None:
    """Attaches a calculation to a target, once."""
    if support_between(target.id, run.id) is not None:
        return
    db.session.add(Support(id=new_id(), target_id=target.id, calc_run_id=run.id))
    audit.record("target.supported", target, by=by, label=f"{target.title}：{run.title}")
    db.session.flush()
