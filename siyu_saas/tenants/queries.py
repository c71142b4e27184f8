"""Which workspaces a person may enter, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState, Slot

from .models import Engagement, Firm, FirmMember, StoredFile, Tenant, TenantMember
from .rules import FIRM_ROLES, Role, Side, may


@dataclass(frozen=True, slots=True)
class Access:
    """A person at a workspace's door. `role` is the one they act in here."""

    tenant_id: UUID
    slug: str
    name: str
    about: str
    firm_id: UUID
    role: Role

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

    def may(self, permission: str) -> bool:
        return may(self.role, permission)


def _entries(user_id: UUID) -> sa.Select:
    """Workspaces of a person: those they belong to, and all of the firm for its owner."""
    return (
        sa.select(Tenant.id, Tenant.slug, Tenant.name, Tenant.about, Tenant.firm_id, TenantMember.role, FirmMember.role)
        .outerjoin(TenantMember, sa.and_(TenantMember.tenant_id == Tenant.id, TenantMember.user_id == user_id))
        .outerjoin(FirmMember, sa.and_(FirmMember.firm_id == Tenant.firm_id, FirmMember.user_id == user_id))
        .where(sa.or_(FirmMember.role == Role.FIRM_OWNER, TenantMember.id.is_not(None)))
    )


def _access(row: sa.Row) -> Access | None:
    """A consultant enters as such only while they belong to the firm, whatever the assignment says."""
    tenant_id, slug, name, about, firm_id, member_role, firm_role = row
    if firm_role is Role.FIRM_OWNER:
        role = Role.FIRM_OWNER
    elif member_role in FIRM_ROLES:
        role = firm_role
    else:
        role = member_role
    return None if role is None else Access(tenant_id, slug, name, about, firm_id, role)


def access_to(user_id: UUID, slug: str) -> Access | None:
    row = db.session.execute(_entries(user_id).where(Tenant.slug == slug)).one_or_none()
    return None if row is None else _access(row)


def workspaces_of(user_id: UUID) -> list[Access]:
    rows = db.session.execute(_entries(user_id).order_by(Tenant.name, Tenant.id)).all()
    return [access for access in map(_access, rows) if access is not None]


def firm_access_of(user_id: UUID) -> FirmAccess | None:
    row = db.session.execute(
        sa.select(Firm.id, Firm.name, FirmMember.role).join(FirmMember).where(FirmMember.user_id == user_id)
    ).one_or_none()
    return None if row is None else FirmAccess(*row)


def engagements() -> list[Engagement]:
    return list(db.session.scalars(sa.select(Engagement).order_by(Engagement.number.desc())))


def engagement_numbered(number: int) -> Engagement | None:
    return db.session.scalar(sa.select(Engagement).where(Engagement.number == number))


def people_of(tenant_id: UUID) -> list[sa.Row]:
    """Rows (name, role) of a workspace, the merchant's people first."""
    rows = db.session.execute(
        sa.select(User.name, TenantMember.role)
        .join(TenantMember, TenantMember.user_id == User.id)
        .where(TenantMember.tenant_id == tenant_id, User.active)
        .order_by(User.name)
    ).all()
    return sorted(rows, key=lambda row: (row.role.side is Side.FIRM, list(Role).index(row.role)))


def recent_events(limit: int) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.at.desc()).limit(limit)))


def files_page(page: int, size: int) -> tuple[list[StoredFile], int]:
    """One page of the files that were not removed, newest first, and how many there are."""
    kept = StoredFile.removed_at.is_(None)
    total = db.session.scalar(sa.select(sa.func.count(StoredFile.id)).where(kept))
    rows = db.session.scalars(
        sa.select(StoredFile)
        .where(kept)
        .order_by(StoredFile.added_at.desc(), StoredFile.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total


def kept_files() -> list[StoredFile]:
    return list(
        db.session.scalars(
            sa.select(StoredFile).where(StoredFile.removed_at.is_(None)).order_by(StoredFile.added_at, StoredFile.id)
        )
    )


def file_with(file_id: UUID) -> StoredFile | None:
    return db.session.scalar(sa.select(StoredFile).where(StoredFile.id == file_id, StoredFile.removed_at.is_(None)))


def file_of_form(form_key: str) -> StoredFile | None:
    return db.session.scalar(sa.select(StoredFile).where(StoredFile.form_key == form_key))


def named_keys(keys: list[str]) -> set[str]:
    """Those storage keys that a file of the workspace names, a removed one too."""
    return set(db.session.scalars(sa.select(StoredFile.key).where(StoredFile.key.in_(keys))))


def tenant_ids() -> list[UUID]:
    return list(db.session.scalars(sa.select(Tenant.id).order_by(Tenant.id)))


def job_with(job_id: UUID) -> Job | None:
    return db.session.scalar(sa.select(Job).where(Job.id == job_id))


def latest_job(kind: str) -> Job | None:
    return db.session.scalar(sa.select(Job).where(Job.kind == kind).order_by(Job.asked_at.desc()).limit(1))


def stuck_jobs(limit: int) -> list[sa.Row]:
    """In a portfolio scope: rows (job, workspace name) that failed, newest first."""
    return db.session.execute(
        sa.select(Job, Tenant.name)
        .join(Tenant, Tenant.id == Job.tenant_id)
        .where(Job.state == JobState.FAILED)
        .order_by(Job.finished_at.desc(), Job.id)
        .limit(limit)
    ).all()


def missed_slots(limit: int) -> list[Slot]:
    return list(db.session.scalars(sa.select(Slot).where(Slot.missed).order_by(Slot.starts_at.desc()).limit(limit)))
