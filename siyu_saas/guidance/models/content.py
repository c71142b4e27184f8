"""The content calendar: what is posted when, on which line, by whom, and whether it was approved."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.content import About, Line, SlotState


class Slot(TenantOwned, Identified, db.Model):
    __tablename__ = "content_slot"

    engagement_id: Mapped[UUID]
    group_id: Mapped[UUID | None]
    on: Mapped[date]
    at: Mapped[time]
    column: Mapped[str] = mapped_column(sa.String(40))
    topic: Mapped[str] = mapped_column(sa.String(120))
    line: Mapped[Line] = mapped_column(choice(Line))
    about: Mapped[About] = mapped_column(choice(About))
    broadcast: Mapped[bool] = mapped_column(default=False)
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[SlotState] = mapped_column(choice(SlotState), default=SlotState.DRAFT)
    removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        owned_reference("group_id", "customer_group"),
        sa.Index("ix_content_slot_tenant_engagement", "tenant_id", "engagement_id", "on", "at"),
    )
