"""Firms, who works there, and which merchants they carry."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.tenants.models import Firm, FirmMember, Invitation, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES, Role


def any_firm() -> bool:
    return db.session.scalar(sa.select(Firm.id).limit(1)) is not None


def firm_locked(firm_id: UUID) -> Firm:
    """Until the end of the transaction, so that two owners never leave in the same moment."""
    chosen = sa.select(Firm).where(Firm.id == firm_id).with_for_update()
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()


def staff_of(firm_id: UUID) -> list[sa.Row]:
    """Rows (member, user, number of merchants), owners first."""
    carried = (
        sa.select(TenantMember.user_id, sa.func.count().label("merchants"))
        .join(Tenant, Tenant.id == TenantMember.tenant_id)
        .where(Tenant.firm_id == firm_id, TenantMember.left_at.is_(None))
        .group_by(TenantMember.user_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(FirmMember, User, sa.func.coalesce(carried.c.merchants, 0))
        .join(User, User.id == FirmMember.user_id)
        .outerjoin(carried, carried.c.user_id == User.id)
        .where(FirmMember.firm_id == firm_id, FirmMember.left_at.is_(None))
        .order_by(User.name)
    ).all()
    return sorted(rows, key=lambda row: FIRM_ROLES.index(row[0].role))


def staffer_with(firm_id: UUID, staff_id: UUID) -> sa.Row | None:
    """The row (member, user), if they work in this firm."""
    return db.session.execute(
        sa.select(FirmMember, User)
        .join(User, User.id == FirmMember.user_id)
        .where(FirmMember.id == staff_id, FirmMember.firm_id == firm_id, FirmMember.left_at.is_(None))
    ).one_or_none()


def staff_membership(user_id: UUID) -> FirmMember | None:
    """Also of somebody who left."""
    return db.session.scalar(sa.select(FirmMember).where(FirmMember.user_id == user_id))


def owners(firm_id: UUID) -> int:
    return db.session.scalar(
        sa.select(sa.func.count())
        .select_from(FirmMember)
        .join(User, User.id == FirmMember.user_id)
        .where(
            FirmMember.firm_id == firm_id,
            FirmMember.role == Role.FIRM_OWNER,
            FirmMember.left_at.is_(None),
            User.active,
        )
    )


def merchants_carried(firm_id: UUID, user_id: UUID) -> list[sa.Row]:
    """Rows (member, tenant) of the workspaces that somebody of the firm is assigned to, by name."""
    return db.session.execute(
        sa.select(TenantMember, Tenant)
        .join(Tenant, Tenant.id == TenantMember.tenant_id)
        .where(
            Tenant.firm_id == firm_id,
            TenantMember.user_id == user_id,
            TenantMember.role.in_(FIRM_ROLES),
            TenantMember.left_at.is_(None),
        )
        .order_by(Tenant.name, Tenant.id)
    ).all()


def firm_invitations(firm_id: UUID, limit: int) -> list[Invitation]:
    """Those that let colleagues into the firm itself, newest first."""
    return list(
        db.session.scalars(
            sa.select(Invitation)
            .where(Invitation.firm_id == firm_id, Invitation.tenant_id.is_(None))
            .order_by(Invitation.made_at.desc())
            .limit(limit)
        )
    )


def firm_invitation_with(firm_id: UUID, invitation_id: UUID) -> Invitation | None:
    return db.session.scalar(
        sa.select(Invitation).where(
            Invitation.id == invitation_id, Invitation.firm_id == firm_id, Invitation.tenant_id.is_(None)
        )
    )
