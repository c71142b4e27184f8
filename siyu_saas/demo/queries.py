"""Which firm is the demo, and what belongs to it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.packs.demo import house, people
from siyu_saas.tenants.models import FirmMember, Tenant


def demo_firm() -> UUID | None:
    """The firm of the demo's owner, whatever it is called by now."""
    owner = house()["staff"][0]["email"]
    return db.session.scalar(
        sa.select(FirmMember.firm_id).join(User, User.id == FirmMember.user_id).where(User.email == owner)
    )


def merchants_of(firm_id: UUID) -> list[UUID]:
    return list(db.session.scalars(sa.select(Tenant.id).where(Tenant.firm_id == firm_id).order_by(Tenant.id)))


def accounts() -> list[UUID]:
    """Those the demo made, not those who were invited since."""
    emails = [person["email"] for person in people()]
    return list(db.session.scalars(sa.select(User.id).where(User.email.in_(emails))))


def finished_merchant() -> UUID | None:
    slug = next(one["slug"] for one in house()["workspaces"] if one["story"] == "finished")
    return db.session.scalar(sa.select(Tenant.id).where(Tenant.slug == slug, Tenant.firm_id == demo_firm()))
