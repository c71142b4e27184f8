"""Papers, and the seals that an uploaded file or a code from a footer is held against."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class Paper(TenantOwned, Identified, db.Model):
    """One print of frozen data. `kind` is registered in `papers.kinds`, `subject_id` is the thing it is about.

    The same data about the same thing is one paper, however often it is asked for.
    """

    engagement_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(120))
    edition: Mapped[str] = mapped_column(sa.String(40), default="")
    data: Mapped[dict] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    code: Mapped[str] = mapped_column(sa.String(12))
    team_only: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    job_id: Mapped[UUID | None]
    file_id: Mapped[UUID | None]
    pages: Mapped[int | None]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        owned_reference("file_id", "stored_file"),
        sa.UniqueConstraint("tenant_id", "kind", "subject_id", "sha256"),
    )


class PaperSeal(Identified, db.Model):
    """What the public may learn of a printed file: its kind, its digest and the day."""

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    printed_on: Mapped[date]


class PublicLink(Identified, db.Model):
    """A signed address that lets anybody who has it see or answer one thing of one merchant, until it ends.

    Read before any scope exists, hence outside wall 1. `options` are the maker's choices, such as hidden sections.
    """

    tenant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tenant.id"), index=True)
    engagement_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    options: Mapped[dict] = mapped_column(default=dict)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened: Mapped[int] = mapped_column(default=0)
    last_opened_at: Mapped[datetime | None]

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at
