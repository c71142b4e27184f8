"""How much the firm carries: by consultant, by stage, by what was waited for, and what ends soon. In a portfolio scope."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.core.tenancy import in_portfolio
from siyu_saas.plan.models import Plan, Wait
from siyu_saas.tenants.models import Engagement, StageEntry, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES

from ..models import Urgency

MOST_ROWS = 5_000
ENDING_SHOWN = 50
GOES_ON = (Urgency.number.is_not(None), Urgency.archived == sa.false(), Urgency.paused == sa.false())


def carried() -> list[sa.Row]:
    """Rows (user_id, name, merchants, on_us, on_them) of the people who carry merchants that go on, the fullest first.
    What waits is what the list of merchants says of them."""
    merchants = sa.func.count(Urgency.tenant_id)
    return db.session.execute(
        sa.select(
            User.id.label("user_id"),
            User.name,
            merchants.label("merchants"),
            sa.func.coalesce(sa.func.sum(Urgency.on_us), 0).label("on_us"),
            sa.func.coalesce(sa.func.sum(Urgency.on_them), 0).label("on_them"),
        )
        .select_from(TenantMember)
        .join(User, User.id == TenantMember.user_id)
        .outerjoin(Urgency, sa.and_(Urgency.tenant_id == TenantMember.tenant_id, *GOES_ON))
        .where(
            in_portfolio(TenantMember.tenant_id),
            TenantMember.left_at.is_(None),
            TenantMember.role.in_(FIRM_ROLES),
            User.active,
        )
        .group_by(User.id, User.name)
        .order_by(merchants.desc(), User.name)
    ).all()


def stages_entered(since: datetime) -> list[sa.Row]:
    """Rows (engagement_id, package, stage, entered_at), each service period from its first stage on."""
    return db.session.execute(
        sa.select(StageEntry.engagement_id, Engagement.package, StageEntry.stage, StageEntry.entered_at)
        .join(
            Engagement,
            sa.and_(Engagement.tenant_id == StageEntry.tenant_id, Engagement.id == StageEntry.engagement_id),
        )
        .where(StageEntry.entered_at >= since)
        .order_by(StageEntry.engagement_id, StageEntry.entered_at)
        .limit(MOST_ROWS)
    ).all()


def waited(since: date) -> list[sa.Row]:
    """Rows (side, cause, began_on, ended_on, package) of the clocks that ran since a day."""
    return db.session.execute(
        sa.select(Wait.side, Wait.cause, Wait.began_on, Wait.ended_on, Plan.package_title)
        .join(Plan, sa.and_(Plan.tenant_id == Wait.tenant_id, Plan.id == Wait.plan_id))
        .where(sa.or_(Wait.ended_on.is_(None), Wait.ended_on >= since))
        .order_by(Wait.began_on.desc())
        .limit(MOST_ROWS)
    ).all()


def ending(until: date) -> list[sa.Row]:
    """Rows (slug, name, number, title, ends_on) of service periods that end by a day and are not archived."""
    return db.session.execute(
        sa.select(Tenant.slug, Tenant.name, Engagement.number, Engagement.title, Engagement.ends_on)
        .join(Tenant, Tenant.id == Engagement.tenant_id)
        .where(Engagement.archived_at.is_(None), Engagement.ends_on <= until)
        .order_by(Engagement.ends_on, Tenant.name)
        .limit(ENDING_SHOWN)
    ).all()
