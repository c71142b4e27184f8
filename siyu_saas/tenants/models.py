"""Firms, their merchants, who belongs where, and the engagements inside a merchant's workspace."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned

from .rules import Role, Stage


class Firm(Identified, db.Model):
    """The consulting firm."""

    name: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Tenant(Identified, db.Model):
    """One merchant's workspace. The slug is its address: `/t/<slug>/`."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    about: Mapped[str] = mapped_column(sa.String(120), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FirmMember(Identified, db.Model):
    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    role: Mapped[Role] = mapped_column(choice(Role))


class TenantMember(Identified, db.Model):
    """A person in a workspace: the merchant's people, and the consultants assigned to it.

    Read before any scope exists (the door resolves it), hence outside wall 1; see `HOUSE_TABLES` in the house tests.
    """

    tenant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tenant.id"))
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))

    __table_args__ = (sa.UniqueConstraint("tenant_id", "user_id"),)


class Engagement(TenantOwned, Identified, db.Model):
    """One service period (服务期) of a merchant; `number` counts from 1 and is part of its address."""

    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.DIAGNOSE)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("tenant_id", "number"),)


class StoredFile(TenantOwned, Identified, db.Model):
    """A file that passed the content check. `key` is its name in the storage, made by us."""

    engagement_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(160))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    extension: Mapped[str] = mapped_column(sa.String(8))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    key: Mapped[str] = mapped_column(sa.String(120))
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    added_by: Mapped[UUID | None]
    added_by_name: Mapped[str] = mapped_column(sa.String(60))
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_stored_file_tenant_added", "tenant_id", "added_at"),
    )
