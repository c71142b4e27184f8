"""Packages that a firm made of its own plans."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db


class FirmPackage(Identified, db.Model):
    """`content` has the shape of a pack's package, and nothing of the merchant it was made with."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(80))
    content: Mapped[dict]
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    form_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    removed_at: Mapped[datetime | None]
