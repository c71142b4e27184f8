"""The consulting firm and its people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db
from siyu_saas.tenants.rules.roles import Role


class Firm(Identified, db.Model):
    """`mark` is what stands in the square beside the name, `accent` a colour `#rrggbb`; both empty: the product's own."""

    name: Mapped[str] = mapped_column(sa.String(80))
    mark: Mapped[str] = mapped_column(sa.String(2), default="")
    accent: Mapped[str] = mapped_column(sa.String(7), default="")
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    pack: Mapped[str] = mapped_column(sa.String(40), default="base")
    package: Mapped[str] = mapped_column(sa.String(40), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FirmMember(Identified, db.Model):
    """One person of a firm; the row stays when they leave."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]
