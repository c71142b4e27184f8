"""Where each merchant stands in the consultants' list, and the views of it that somebody keeps."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db
from siyu_saas.tenants.rules import Stage

from .looks import BoardFilter, BoardView, Look

NEVER = date(2000, 1, 1)
CALM = 100


class Urgency(db.Model):
    """How much a merchant needs its consultants and why, kept so that a list of thousands reads one page of an index.

    `rank` counts from the worst, `CALM` is nothing at all; `need` is a key of `overview.needs`. `on_us` and `on_them` count
    what waits, `next_id` is the next milestone, `rated` what the merchant thought last. It holds for `fresh_on`;
    a transaction that wrote rows it follows from sets that to NEVER and counts `touched` up. No words of anybody's are in
    it: a list is chosen before any merchant's scope exists, hence outside wall 1.
    """

    tenant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"))
    rank: Mapped[int] = mapped_column(default=CALM)
    need: Mapped[str] = mapped_column(sa.String(20), default="")
    since: Mapped[date | None]
    further: Mapped[int] = mapped_column(default=0)
    number: Mapped[int | None]
    stage: Mapped[Stage | None] = mapped_column(choice(Stage))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    paused: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    on_us: Mapped[int] = mapped_column(default=0)
    on_us_since: Mapped[date | None]
    on_them: Mapped[int] = mapped_column(default=0)
    on_them_since: Mapped[date | None]
    next_id: Mapped[UUID | None]
    next_on: Mapped[date | None]
    rated: Mapped[str] = mapped_column(sa.String(8), default="")
    fresh_on: Mapped[date] = mapped_column(default=NEVER)
    touched: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.Index("ix_urgency_firm_rank", "firm_id", "archived", "rank", "since", "tenant_id"),
        sa.Index("ix_urgency_firm_count", "firm_id", "archived", "rank"),
        sa.Index("ix_urgency_firm_fresh", "firm_id", "fresh_on"),
        sa.Index("ix_urgency_firm_next", "firm_id", "archived", "next_on", "tenant_id"),
    )


class SavedView(Identified, db.Model):
    """A way of looking at a firm's list that one person keeps under a name of their own."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"))
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(20))
    wanted: Mapped[BoardFilter] = mapped_column(choice(BoardFilter))
    view: Mapped[BoardView] = mapped_column(choice(BoardView))
    typed: Mapped[str] = mapped_column(sa.String(80), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("user_id", "firm_id", "name"),)

    @property
    def look(self) -> Look:
        return Look(self.wanted, self.view, self.typed)
