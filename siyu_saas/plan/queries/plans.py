"""The plan of a service period, its milestones, modules and posts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import FirmPackage, Milestone, Module, Plan, Post

PLAN = sa.select(Plan).where(Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
TO_CHANGE = PLAN.with_for_update().execution_options(populate_existing=True)
MILESTONES = (
    sa.select(Milestone)
    .where(Milestone.plan_id == sa.bindparam("plan_id", type_=sa.Uuid()))
    .order_by(Milestone.position)
)

DIAMONDS = (
    sa.select(Milestone.id, Milestone.title, Milestone.ends_on, Milestone.reached_on)
    .where(Milestone.plan_id == sa.bindparam("plan_id", type_=sa.Uuid()))
    .order_by(Milestone.position)
)
STANDINGS = (
    sa.select(Milestone.title, Milestone.stage, Milestone.required, Milestone.gate, Milestone.reached_on)
    .join(Plan, Plan.id == Milestone.plan_id)
    .where(Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .order_by(Milestone.position)
)
POSTS = sa.select(Post).where(Post.plan_id == sa.bindparam("plan_id", type_=sa.Uuid())).order_by(Post.id)


def plan_of(engagement_id: UUID) -> Plan | None:
    return db.session.scalar(PLAN, {"engagement_id": engagement_id})


def plan_to_change(engagement_id: UUID) -> Plan | None:
    """As it is now, locked until the end of the transaction."""
    return db.session.scalar(TO_CHANGE, {"engagement_id": engagement_id})


def milestones_of(plan_id: UUID) -> list[Milestone]:
    return list(db.session.scalars(MILESTONES, {"plan_id": plan_id}))


def diamonds_of(plan_id: UUID) -> list[sa.Row]:
    """Milestones as a Gantt shows them: rows (id, title, ends_on, reached_on)."""
    return db.session.execute(DIAMONDS, {"plan_id": plan_id}).all()


def milestone_standings(engagement_id: UUID) -> list[sa.Row]:
    """Rows (title, stage, required, gate, reached_on) in their order."""
    return db.session.execute(STANDINGS, {"engagement_id": engagement_id}).all()


def milestone_with(plan_id: UUID, milestone_id: UUID) -> Milestone | None:
    return db.session.scalar(sa.select(Milestone).where(Milestone.plan_id == plan_id, Milestone.id == milestone_id))


def modules_of(plan_id: UUID) -> list[Module]:
    return list(db.session.scalars(sa.select(Module).where(Module.plan_id == plan_id).order_by(Module.id)))


def posts_of(plan_id: UUID) -> list[Post]:
    return list(db.session.scalars(POSTS, {"plan_id": plan_id}))


def post_with(plan_id: UUID, post_id: UUID) -> Post | None:
    return db.session.scalar(sa.select(Post).where(Post.plan_id == plan_id, Post.id == post_id))


def firm_packages(firm_id: UUID) -> list[FirmPackage]:
    return list(
        db.session.scalars(
            sa.select(FirmPackage)
            .where(FirmPackage.firm_id == firm_id, FirmPackage.removed_at.is_(None))
            .order_by(FirmPackage.made_at.desc())
        )
    )


def firm_package_with(firm_id: UUID, package_id: UUID) -> FirmPackage | None:
    return db.session.scalar(
        sa.select(FirmPackage).where(
            FirmPackage.firm_id == firm_id, FirmPackage.id == package_id, FirmPackage.removed_at.is_(None)
        )
    )


def firm_package_of_form(form_key: str) -> FirmPackage | None:
    return db.session.scalar(sa.select(FirmPackage).where(FirmPackage.form_key == form_key))
