"""Which target serves which, what work carries one, and a light that is set by hand."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.targets.models import Target, TargetBranch, TargetLight, TargetWork
from siyu_saas.targets.queries import branch_of, lights_in_force, parents_of, works_carrying
from siyu_saas.targets.rules.lights import Light
from siyu_saas.targets.rules.tree import would_loop
from siyu_saas.targets.rules.works import Work


def place_under(target: Target, parent: Target | None, *, by: Actor) -> None:
    """None takes it out of the tree. Raises NotReady when the tree would bite its tail."""
    branch = branch_of(target.id)
    if parent is None:
        if branch is not None:
            db.session.delete(branch)
            audit.record("target.unplaced", target, by=by, label=target.title)
            db.session.flush()
        return
    if would_loop(target.id, parent.id, parents_of(target.engagement_id)):
        raise NotReady(f"「{parent.title}」已经在「{target.title}」下面，不能互为上级。")
    if branch is None:
        db.session.add(TargetBranch(id=new_id(), child_id=target.id, parent_id=parent.id))
    else:
        branch.parent_id = parent.id
    audit.record("target.placed", target, by=by, label=f"{target.title}：支撑「{parent.title}」")
    db.session.flush()


def carry(target: Target, work: Work, *, by: Actor) -> None:
    """Ties a task or a milestone to a target, once."""
    column = f"{work.kind}_id"
    if any(getattr(row, column) == work.id for row in works_carrying(target.id)):
        return
    db.session.add(TargetWork(id=new_id(), target_id=target.id, **{column: work.id}))
    audit.record("target.carried", target, by=by, label=f"{target.title}：{work.title}")
    db.session.flush()


def let_go(target: Target, work: Work, *, by: Actor) -> None:
    column = f"{work.kind}_id"
    for row in works_carrying(target.id):
        if getattr(row, column) == work.id:
            db.session.delete(row)
            audit.record("target.let_go", target, by=by, label=f"{target.title}：{work.title}")
    db.session.flush()


def set_light(target: Target, light: Light, *, reason: str, by: Actor) -> None:
    """Instead of the computed one, until it is taken back; the one before stays on record."""
    end_light(target, by=None)
    db.session.add(TargetLight(id=new_id(), target_id=target.id, light=light, reason=reason, set_by_name=by.name))
    audit.record(
        "target.light_set", target, by=by, label=f"{target.title}：{light.title}", changes={"reason": (None, reason)}
    )
    db.session.flush()


def end_light(target: Target, *, by: Actor | None) -> None:
    """Back to what is computed; without `by` another one follows at once."""
    ended = lights_in_force(target.id)
    for row in ended:
        row.ended_at = now()
    if ended and by is not None:
        audit.record("target.light_ended", target, by=by, label=target.title)
    db.session.flush()
