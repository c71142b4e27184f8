"""One delivery of numbers: a file, a pasted table, or a form."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.metrics.rules.states import ImportState, Source


class DataImport(TenantOwned, Identified, db.Model):
    """`plan` says how the table is read (preset, header row, columns), `findings` what reading it showed. The content
    itself is held only until the numbers are in; `sha256` stays and tells which file it was.

    `layout` is the digest of the header cells: a table with the same header is read as the last one was.
    """

    engagement_id: Mapped[UUID]
    source: Mapped[Source] = mapped_column(choice(Source))
    state: Mapped[ImportState] = mapped_column(choice(ImportState))
    file_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(160))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    preset: Mapped[str] = mapped_column(sa.String(20))
    layout: Mapped[str] = mapped_column(sa.String(64), default="")
    scope: Mapped[str] = mapped_column(sa.String(40), default="all")
    plan: Mapped[dict]
    findings: Mapped[dict]
    rows: Mapped[int] = mapped_column(default=0)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    added: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    job_id: Mapped[UUID | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    given_by: Mapped[UUID | None]
    given_by_name: Mapped[str] = mapped_column(sa.String(60))
    given_at: Mapped[datetime] = mapped_column(default=now)
    written_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    undone_reason: Mapped[str] = mapped_column(sa.String(400), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        owned_reference("file_id", "stored_file"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "id"),
        sa.Index("ix_data_import_tenant_engagement", "tenant_id", "engagement_id", "given_at"),
    )
