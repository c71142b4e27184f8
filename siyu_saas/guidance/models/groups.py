"""The ledger of customer groups, and their figures week by week."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.groups import Form, GroupKind, Horizon, Layer


class Group(TenantOwned, Identified, db.Model):
    """One group. The three texts are its name, its welcome and its notice."""

    __tablename__ = "customer_group"

    engagement_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind))
    form: Mapped[Form] = mapped_column(choice(Form))
    layer: Mapped[Layer] = mapped_column(choice(Layer))
    horizon: Mapped[Horizon] = mapped_column(choice(Horizon))
    position: Mapped[str] = mapped_column(sa.String(120), default="")
    host_name: Mapped[str] = mapped_column(sa.String(60), default="")
    deputy_name: Mapped[str] = mapped_column(sa.String(60), default="")
    has_name: Mapped[bool] = mapped_column(default=False)
    has_welcome: Mapped[bool] = mapped_column(default=False)
    has_notice: Mapped[bool] = mapped_column(default=False)
    opened_on: Mapped[date]
    dissolved_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "name"),
    )


class GroupWeek(TenantOwned, Identified, db.Model):
    """Figures of a week that begins on a Monday; null is unknown."""

    group_id: Mapped[UUID]
    week: Mapped[date]
    members: Mapped[int | None]
    joined: Mapped[int | None]
    quit: Mapped[int | None]
    active: Mapped[int | None]
    messages: Mapped[int | None]

    __table_args__ = (
        owned_reference("group_id", "customer_group"),
        sa.UniqueConstraint("tenant_id", "group_id", "week"),
    )
