"""Files of a workspace."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class StoredFile(TenantOwned, Identified, db.Model):
    """A file that passed the content check. `key` is its name in the storage, made by us. `team_only`: not for the merchant.

    With `expires_at` it only passes through: no list holds it, and its content is gone by then.
    """

    engagement_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(160))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    extension: Mapped[str] = mapped_column(sa.String(8))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    key: Mapped[str] = mapped_column(sa.String(120))
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    team_only: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[UUID | None]
    added_by_name: Mapped[str] = mapped_column(sa.String(60))
    added_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_stored_file_tenant_added", "tenant_id", "added_at"),
    )
