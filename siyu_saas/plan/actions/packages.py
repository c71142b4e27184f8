"""A firm keeps a plan that went well as a package of its own."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import FirmPackage, Plan
from siyu_saas.plan.queries.plans import firm_package_of_form, milestones_of, modules_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.queries.works import links_of
from siyu_saas.plan.rules.saving import package_of


def save_package(plan: Plan, *, title: str, firm_id: UUID, form_key: str | None, by: Actor) -> FirmPackage:
    """Offsets, dependencies, checklists and roles; no name, no finding, no date of the merchant."""
    before = firm_package_of_form(form_key) if form_key else None
    if before is not None:
        return before
    tasks = tasks_of(plan.id)
    if not tasks:
        raise NotReady("计划里还没有任务，不能存为服务包。")
    row = FirmPackage(id=new_id(), firm_id=firm_id, title=title, content={}, made_by_name=by.name, form_key=form_key)
    saved = package_of(
        key=str(row.id),
        title=title,
        day_zero=plan.day_zero,
        milestones=milestones_of(plan.id),
        modules=[(one.key, one.title) for one in modules_of(plan.id) if not one.left_out],
        tasks=tasks,
        links=links_of(plan.id),
    )
    row.content = saved.as_dict()
    db.session.add(row)
    audit.record("package.saved", row, by=by, label=title)
    db.session.flush()
    return row


def remove_package(row: FirmPackage, *, by: Actor) -> None:
    """Plans that were made from it stay as they are."""
    row.removed_at = now()
    audit.record("package.removed", row, by=by, label=row.title)
    db.session.flush()
