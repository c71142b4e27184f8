"""A merchant's workspace, the people in it, what is recorded of its personal data, and the team's own notes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules.roles import Role
from siyu_saas.tenants.rules.search import LONGEST_SPELLING


class Tenant(Identified, db.Model):
    """One merchant's workspace. The slug is its address: `/t/<slug>/`."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    about: Mapped[str] = mapped_column(sa.String(120), default="")
    pack: Mapped[str] = mapped_column(sa.String(40), default="base")
    form_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Spelling(db.Model):
    """One way to type a merchant's name, or the end of it: a search is one stretch of an index.

    Sorted by code points on both databases. Looked up before any scope exists, as the name itself is.
    """

    tenant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    typed: Mapped[str] = mapped_column(
        sa.String(LONGEST_SPELLING).with_variant(sa.String(LONGEST_SPELLING, collation="C"), "postgresql"),
        primary_key=True,
    )
    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"))

    __table_args__ = (sa.Index("ix_spelling_firm_typed", "firm_id", "typed", "tenant_id"),)


class TenantMember(Identified, db.Model):
    """A person in a workspace: the merchant's people, and the consultants assigned to it. The row stays when they leave.

    Read before any scope exists (the door resolves it), hence outside wall 1; see `HOUSE_TABLES` in the house tests.
    """

    tenant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tenant.id"))
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("tenant_id", "user_id"),)


class ProcessingRecord(TenantOwned, Identified, db.Model):
    """What PIPL articles 21 and 55 ask to be agreed on; one for each merchant."""

    purpose: Mapped[str] = mapped_column(sa.String(400))
    term: Mapped[str] = mapped_column(sa.String(200))
    method: Mapped[str] = mapped_column(sa.String(400))
    categories: Mapped[str] = mapped_column(sa.String(400))
    measures: Mapped[str] = mapped_column(sa.String(400))
    duties: Mapped[str] = mapped_column(sa.String(400))
    retention_days: Mapped[int]
    sensitive: Mapped[bool] = mapped_column(default=False)
    assessed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("tenant_id"),)


class Note(TenantOwned, Identified, db.Model):
    """What the team tells itself about a merchant. Never on a page, in an export or in a notice of the merchant's."""

    text: Mapped[str] = mapped_column(sa.String(2000))
    written_by: Mapped[UUID | None]
    written_by_name: Mapped[str] = mapped_column(sa.String(60))
    written_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.Index("ix_note_tenant_written", "tenant_id", "written_at"),)
