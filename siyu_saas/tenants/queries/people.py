"""People of a workspace, and the invitations that let them in."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.tenants.models import FirmMember, Invitation, InvitationUse, TenantMember
from siyu_saas.tenants.rules import Role, Side

ROLE_ORDER = {role: (role.side is Side.FIRM, place) for place, role in enumerate(Role)}

PEOPLE = (
    sa.select(User.name, TenantMember.role)
    .join(TenantMember, TenantMember.user_id == User.id)
    .where(
        TenantMember.tenant_id == sa.bindparam("tenant_id", type_=sa.Uuid()),
        TenantMember.left_at.is_(None),
        User.active,
    )
    .order_by(User.name)
)


def people_of(tenant_id: UUID) -> list[sa.Row]:
    """Rows (name, role) of a workspace, the merchant's people first."""
    rows = db.session.execute(PEOPLE, {"tenant_id": tenant_id}).all()
    return sorted(rows, key=lambda row: ROLE_ORDER[row.role])


def members_of(tenant_id: UUID) -> list[sa.Row]:
    """Rows (member, user) of a workspace, the merchant's people first."""
    rows = db.session.execute(
        sa.select(TenantMember, User)
        .join(User, User.id == TenantMember.user_id)
        .where(TenantMember.tenant_id == tenant_id, TenantMember.left_at.is_(None), User.active)
        .order_by(User.name)
    ).all()
    return sorted(rows, key=lambda row: ROLE_ORDER[row[0].role])


def member_with(tenant_id: UUID, member_id: UUID) -> sa.Row | None:
    """The row (member, user), if they belong to this workspace."""
    return db.session.execute(
        sa.select(TenantMember, User)
        .join(User, User.id == TenantMember.user_id)
        .where(TenantMember.id == member_id, TenantMember.tenant_id == tenant_id, TenantMember.left_at.is_(None))
    ).one_or_none()


def membership(tenant_id: UUID, user_id: UUID) -> TenantMember | None:
    """Also of somebody who left."""
    return db.session.scalar(
        sa.select(TenantMember).where(TenantMember.tenant_id == tenant_id, TenantMember.user_id == user_id)
    )


def colleagues_outside(firm_id: UUID, tenant_id: UUID) -> list[sa.Row]:
    """Rows (user id, name, role) of the firm's people who are not in this workspace."""
    inside = sa.select(TenantMember.user_id).where(TenantMember.tenant_id == tenant_id, TenantMember.left_at.is_(None))
    return db.session.execute(
        sa.select(User.id, User.name, FirmMember.role)
        .join(FirmMember, FirmMember.user_id == User.id)
        .where(FirmMember.firm_id == firm_id, FirmMember.left_at.is_(None), User.active, User.id.not_in(inside))
        .order_by(User.name)
    ).all()


def is_staff(user_id: UUID, firm_id: UUID) -> bool:
    found = sa.select(FirmMember.id).where(
        FirmMember.user_id == user_id, FirmMember.firm_id == firm_id, FirmMember.left_at.is_(None)
    )
    return db.session.scalar(found) is not None


def belongs_only_here(user_id: UUID, tenant_id: UUID) -> bool:
    """To this workspace, to no other and to no firm."""
    member = sa.select(TenantMember.id).where(TenantMember.user_id == user_id, TenantMember.left_at.is_(None))
    here, other = (
        member.where(one) for one in (TenantMember.tenant_id == tenant_id, TenantMember.tenant_id != tenant_id)
    )
    employed = sa.select(FirmMember.id).where(FirmMember.user_id == user_id, FirmMember.left_at.is_(None))
    return db.session.scalar(sa.select(sa.and_(here.exists(), ~other.exists(), ~employed.exists())))


def invitations_of(tenant_id: UUID, limit: int) -> list[Invitation]:
    return list(
        db.session.scalars(
            sa.select(Invitation)
            .where(Invitation.tenant_id == tenant_id)
            .order_by(Invitation.made_at.desc())
            .limit(limit)
        )
    )


def invitation_with(invitation_id: UUID, *, tenant_id: UUID) -> Invitation | None:
    return db.session.scalar(
        sa.select(Invitation).where(Invitation.id == invitation_id, Invitation.tenant_id == tenant_id)
    )


def invitation_seen(invitation_id: UUID) -> Invitation | None:
    return db.session.scalar(sa.select(Invitation).where(Invitation.id == invitation_id))


def invitation_to_use(invitation_id: UUID) -> Invitation:
    """As it is now, locked until the end of the transaction, so that two people never take one seat."""
    chosen = sa.select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()


def has_used(invitation_id: UUID, user_id: UUID) -> bool:
    found = sa.select(InvitationUse.id).where(
        InvitationUse.invitation_id == invitation_id, InvitationUse.user_id == user_id
    )
    return db.session.scalar(found) is not None
