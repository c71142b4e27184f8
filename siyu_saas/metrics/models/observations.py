"""What was counted on one day, and what stood there before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class Observation(TenantOwned, Identified, db.Model):
    """One field of `rules.fields` on one day; money in fen. `value` null: known to be unknown, which is not 0.

    The field `note` has `text` instead: what disturbed the day.
    """

    engagement_id: Mapped[UUID]
    scope: Mapped[str] = mapped_column(sa.String(40), default="all")
    field: Mapped[str] = mapped_column(sa.String(40))
    day: Mapped[date]
    value: Mapped[int | None] = mapped_column(sa.BigInteger)
    text: Mapped[str | None] = mapped_column(sa.String(400))
    import_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        owned_reference("import_id", "data_import"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "scope", "field", "day"),
        sa.Index("ix_observation_tenant_import", "tenant_id", "import_id"),
    )


class Replacement(TenantOwned, Identified, db.Model):
    """What an import found in the place of its own value. `before_import_id` null: nothing stood there any more."""

    import_id: Mapped[UUID]
    scope: Mapped[str] = mapped_column(sa.String(40), default="all")
    field: Mapped[str] = mapped_column(sa.String(40))
    day: Mapped[date]
    before: Mapped[int | None] = mapped_column(sa.BigInteger)
    before_text: Mapped[str | None] = mapped_column(sa.String(400))
    before_import_id: Mapped[UUID | None]

    __table_args__ = (
        owned_reference("import_id", "data_import"),
        owned_reference("before_import_id", "data_import"),
        sa.UniqueConstraint("tenant_id", "import_id", "scope", "field", "day"),
        sa.Index("ix_replacement_tenant_before", "tenant_id", "before_import_id"),
    )
