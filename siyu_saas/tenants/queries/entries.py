"""Which workspaces a person may enter, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Firm, FirmMember, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES, Role, Side, may
from siyu_saas.tenants.rules.looks import sheet_version

# Statements that every page runs are built once. Workspaces of a person: theirs, and all of the firm for its owner.
_user_id = sa.bindparam("user_id", type_=sa.Uuid())
ENTRIES = (
    sa.select(
        Tenant.id,
        Tenant.slug,
        Tenant.name,
        Tenant.about,
        Tenant.pack,
        Tenant.firm_id,
        TenantMember.role,
        FirmMember.role,
        Firm.name,
        Firm.mark,
        Firm.accent,
    )
    .join(Firm, Firm.id == Tenant.firm_id)
    .outerjoin(
        TenantMember,
        sa.and_(TenantMember.tenant_id == Tenant.id, TenantMember.user_id == _user_id, TenantMember.left_at.is_(None)),
    )
    .outerjoin(
        FirmMember,
        sa.and_(FirmMember.firm_id == Tenant.firm_id, FirmMember.user_id == _user_id, FirmMember.left_at.is_(None)),
    )
    .where(
        sa.or_(
            FirmMember.role == Role.FIRM_OWNER,
            sa.and_(
                TenantMember.id.is_not(None),
                sa.or_(FirmMember.id.is_not(None), TenantMember.role.not_in(FIRM_ROLES)),
            ),
        )
    )
)
VISIBLE = ENTRIES.with_only_columns(Tenant.id)
VISIBLE_IN_FIRM = VISIBLE.where(Tenant.firm_id == sa.bindparam("firm_id", type_=sa.Uuid()))
ENTRY = ENTRIES.where(Tenant.slug == sa.bindparam("slug"))

FIRM_ENTRY = (
    sa.select(Firm.id, Firm.name, FirmMember.role, Firm.mark, Firm.accent)
    .join(FirmMember)
    .where(FirmMember.user_id == _user_id, FirmMember.left_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class House:
    """How a firm shows itself on every page; without a mark the product's own name and mark stand there."""

    name: str
    mark: str
    accent: str

    @property
    def sheet(self) -> str:
        """The version of the style sheet that the colour makes."""
        return sheet_version(self.accent)


@dataclass(frozen=True, slots=True)
class Access:
    """A person at a workspace's door. `role` is the one they act in here; in a `preview` it is the boss's."""

    tenant_id: UUID
    slug: str
    name: str
    about: str
    pack: str
    firm_id: UUID
    role: Role
    house: House
    preview: bool = False

    def may(self, permission: str) -> bool:
        return may(self.role, permission)

    @property
    def side(self) -> Side:
        return self.role.side


@dataclass(frozen=True, slots=True)
class FirmAccess:
    firm_id: UUID
    name: str
    role: Role
    house: House

    def may(self, permission: str) -> bool:
        return may(self.role, permission)


def _access(row: sa.Row) -> Access | None:
    """A consultant enters as such only while they belong to the firm, whatever the assignment says."""
    tenant_id, slug, name, about, pack, firm_id, member_role, firm_role, *house = row
    if firm_role is Role.FIRM_OWNER:
        role = Role.FIRM_OWNER
    elif member_role in FIRM_ROLES:
        role = firm_role
    else:
        role = member_role
    return None if role is None else Access(tenant_id, slug, name, about, pack, firm_id, role, House(*house))


def access_to(user_id: UUID, slug: str) -> Access | None:
    row = db.session.execute(ENTRY, {"user_id": user_id, "slug": slug}).one_or_none()
    return None if row is None else _access(row)


def workspaces_of(user_id: UUID) -> list[Access]:
    rows = db.session.execute(ENTRIES.order_by(Tenant.name, Tenant.id), {"user_id": user_id}).all()
    return [access for access in map(_access, rows) if access is not None]


def visible_ids(user_id: UUID) -> list[UUID]:
    """Of the merchants that somebody may enter; ids only, for there may be thousands."""
    return list(db.session.scalars(VISIBLE, {"user_id": user_id}))


def carried_ids(user_id: UUID, firm_id: UUID) -> list[UUID]:
    """Of the firm's own merchants among them: somebody of a firm may be a guest at another firm's merchant."""
    return list(db.session.scalars(VISIBLE_IN_FIRM, {"user_id": user_id, "firm_id": firm_id}))


def firm_access_of(user_id: UUID) -> FirmAccess | None:
    row = db.session.execute(FIRM_ENTRY, {"user_id": user_id}).one_or_none()
    return None if row is None else FirmAccess(row.id, row.name, row.role, House(row.name, row.mark, row.accent))
