"""The vault: what was known of a window on the day it was frozen."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.metrics.rules.fields import ALL


class Baseline(TenantOwned, Identified, db.Model):
    """`counts` maps a field to its values by day, in the order of the window, null for days that were not known then;
    `sources` are the files they came from: `{name, sha256}`. A row never changes; a later one of the same scope
    with a reason replaces it.
    """

    engagement_id: Mapped[UUID]
    scope: Mapped[str] = mapped_column(sa.String(40), default=ALL)
    number: Mapped[int]
    first: Mapped[date]
    last: Mapped[date]
    counts: Mapped[dict]
    sources: Mapped[list]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    frozen_at: Mapped[datetime] = mapped_column(default=now)
    frozen_by_name: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "scope", "number"),
    )
