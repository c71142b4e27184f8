"""Workspaces, the record of personal data, notes, and what happened."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Firm, Note, ProcessingRecord, Tenant
from siyu_saas.tenants.rules.names import slug_from


def taken_slugs(*slugs: str) -> set[str]:
    return set(db.session.scalars(sa.select(Tenant.slug).where(Tenant.slug.in_(slugs))))


def taken_slugs_like(name: str) -> set[str]:
    """Those that an address made of this name could collide with."""
    beginning = slug_from(name)[:30]
    return set(db.session.scalars(sa.select(Tenant.slug).where(Tenant.slug.startswith(beginning, autoescape=True))))


def tenant_ids() -> list[UUID]:
    return list(db.session.scalars(sa.select(Tenant.id).order_by(Tenant.id)))


def workspace_of_form(form_key: str) -> Tenant | None:
    return db.session.scalar(sa.select(Tenant).where(Tenant.form_key == form_key))


def firm_with(firm_id: UUID) -> Firm:
    return db.session.get_one(Firm, firm_id)


def workspace_with(tenant_id: UUID) -> Tenant:
    return db.session.get_one(Tenant, tenant_id)


def names_of(tenant_ids: set[UUID]) -> dict[UUID, str]:
    """Of merchants that the asker was found to carry."""
    rows = db.session.execute(sa.select(Tenant.id, Tenant.name).where(Tenant.id.in_(tenant_ids)))
    return {row.id: row.name for row in rows}


def processing_record() -> ProcessingRecord | None:
    return db.session.scalar(sa.select(ProcessingRecord))


def notes(limit: int) -> list[Note]:
    return list(
        db.session.scalars(
            sa.select(Note).where(Note.removed_at.is_(None)).order_by(Note.written_at.desc()).limit(limit)
        )
    )


def note_with(note_id: UUID) -> Note | None:
    return db.session.scalar(sa.select(Note).where(Note.id == note_id, Note.removed_at.is_(None)))


def pack_of(tenant_id: UUID) -> str:
    """The key of the content pack that this merchant starts from."""
    return db.session.scalars(sa.select(Tenant.pack).where(Tenant.id == tenant_id)).one()
