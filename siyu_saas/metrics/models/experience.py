"""What merchants of a firm reached, without their names: a band of each metric, made of five merchants at least."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, db


class FirmExperience(Identified, db.Model):
    """`low` and `high` are the quartiles in whole steps of the unit, percent or yuan; no merchant can be read from them."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"))
    metric: Mapped[str] = mapped_column(sa.String(40))
    low: Mapped[int] = mapped_column(sa.BigInteger)
    high: Mapped[int] = mapped_column(sa.BigInteger)
    merchants: Mapped[int]
    made_on: Mapped[date]

    __table_args__ = (sa.UniqueConstraint("firm_id", "metric"),)
