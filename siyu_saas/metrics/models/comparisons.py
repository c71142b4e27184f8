"""What was agreed to be compared, and what may have moved the numbers meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.metrics.rules.confounders import Kind
from siyu_saas.metrics.rules.windows import Window


class Comparison(TenantOwned, Identified, db.Model):
    """One for each engagement. The windows are locked from the start; `moves` keeps every change of them with its reason.

    `measures` are all that will be reported, whatever they say; `headline` the few on the first page.
    """

    engagement_id: Mapped[UUID]
    before_first: Mapped[date]
    before_last: Mapped[date]
    after_first: Mapped[date]
    after_last: Mapped[date]
    measures: Mapped[list]
    headline: Mapped[list]
    moves: Mapped[list]
    locked_at: Mapped[datetime] = mapped_column(default=now)
    locked_by_name: Mapped[str] = mapped_column(sa.String(60))
    conclusion: Mapped[str] = mapped_column(sa.String(2000), default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id"),
    )

    @property
    def before(self) -> Window:
        return Window(self.before_first, self.before_last)

    @property
    def after(self) -> Window:
        return Window(self.after_first, self.after_last)


class Influence(TenantOwned, Identified, db.Model):
    """Something that may have moved the numbers: a campaign, advertising, a price, dissolved groups, an outage."""

    engagement_id: Mapped[UUID]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    title: Mapped[str] = mapped_column(sa.String(60))
    first: Mapped[date]
    last: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    entered_by_name: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_influence_tenant_engagement", "tenant_id", "engagement_id", "first"),
    )
