"""The thread of a target: every value that a side put forward, with its reason. Only ever added."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules import Side


class Kind(StrEnum):
    PROPOSED = "proposed"
    COUNTERED = "countered"
    REVISED = "revised"
    CANCEL = "cancel"


class Offer(TenantOwned, Identified, db.Model):
    """`number` is the version of the document that froze it."""

    target_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    side: Mapped[Side] = mapped_column(choice(Side))
    name: Mapped[str] = mapped_column(sa.String(60))
    value: Mapped[int] = mapped_column(sa.BigInteger)
    first: Mapped[date]
    last: Mapped[date]
    scope: Mapped[str] = mapped_column(sa.String(120))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("target_id", "target"),
        sa.UniqueConstraint("tenant_id", "target_id", "number"),
    )
