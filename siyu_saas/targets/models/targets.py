"""One target of an engagement: what is measured, from where to where, until when, by whom. Source: domain D2."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.states import Mode, State
from siyu_saas.tenants.rules import Side


class Target(TenantOwned, Identified, db.Model):
    """Values are whole steps of the unit (`rules.quantities`). It is never used to assess anybody: that is a fixed clause
    of what is signed, not a column.

    `counted_in` is the scope of the daily counts; `scope` says it in words.
    `waits_for` is the side that has to answer; `cancelling` the request to end it that both sides may sign.
    """

    engagement_id: Mapped[UUID]
    position: Mapped[int]
    metric: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(120))
    scope: Mapped[str] = mapped_column(sa.String(120))
    counted_in: Mapped[str] = mapped_column(sa.String(40), default=ALL)
    unit: Mapped[Unit] = mapped_column(choice(Unit))
    better: Mapped[Better] = mapped_column(choice(Better))
    baseline_id: Mapped[UUID | None]
    baseline_value: Mapped[int | None] = mapped_column(sa.BigInteger)
    baseline_first: Mapped[date | None]
    baseline_last: Mapped[date | None]
    baseline_days: Mapped[int] = mapped_column(default=0)
    band_low: Mapped[int | None] = mapped_column(sa.BigInteger)
    band_high: Mapped[int | None] = mapped_column(sa.BigInteger)
    benchmarks: Mapped[list]
    suggested_value: Mapped[int | None] = mapped_column(sa.BigInteger)
    suggest_rule: Mapped[str] = mapped_column(sa.String(40))
    alternative_value: Mapped[int | None] = mapped_column(sa.BigInteger)
    value: Mapped[int] = mapped_column(sa.BigInteger)
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    first: Mapped[date]
    last: Mapped[date]
    mode: Mapped[Mode] = mapped_column(choice(Mode))
    trailing_days: Mapped[int] = mapped_column(default=14)
    ramp: Mapped[bool] = mapped_column(default=False)
    before_first: Mapped[date]
    before_last: Mapped[date]
    after_first: Mapped[date]
    after_last: Mapped[date]
    owner_merchant: Mapped[str] = mapped_column(sa.String(60), default="")
    owner_consultant: Mapped[str] = mapped_column(sa.String(60), default="")
    actions: Mapped[list]
    assumptions: Mapped[list]
    confirmed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(choice(State), default=State.DRAFT)
    waits_for: Mapped[Side | None] = mapped_column(choice(Side))
    cancelling: Mapped[bool] = mapped_column(default=False)
    revisions: Mapped[int] = mapped_column(default=0)
    agreed_at: Mapped[datetime | None]
    result_value: Mapped[int | None] = mapped_column(sa.BigInteger)
    result_basis: Mapped[str] = mapped_column(sa.String(200), default="")
    result_degree: Mapped[int | None]
    result_note: Mapped[str] = mapped_column(sa.String(400), default="")
    concluded_at: Mapped[datetime | None]
    concluded_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        owned_reference("baseline_id", "baseline"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_target_tenant_engagement", "tenant_id", "engagement_id", "position"),
    )

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)

    @property
    def before(self) -> Window:
        return Window(self.before_first, self.before_last)

    @property
    def after(self) -> Window:
        return Window(self.after_first, self.after_last)


class Support(TenantOwned, Identified, db.Model):
    """A calculation that a target stands on."""

    target_id: Mapped[UUID]
    calc_run_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("target_id", "target"),
        owned_reference("calc_run_id", "calc_run"),
        sa.UniqueConstraint("tenant_id", "target_id", "calc_run_id"),
    )
