"""What `Urgency` says, worked out anew for some merchants: the worst of their needs, and how far their service period is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.core.database import db
from siyu_saas.core.statements import tables_in
from siyu_saas.core.tenancy import in_portfolio
from siyu_saas.tenants.models import Engagement, Tenant
from siyu_saas.tenants.queries.engagements import PERIOD
from siyu_saas.tenants.rules import Side, Stage

from ..models import CALM, Urgency
from ..needs import BY_KEY, NEEDS, OFF_PACE, SILENT_DAYS, SOON_DAYS, UNBEGUN
from ..rules import day_of
from .details import DETAILS, Detail, row_of, take_in
from .pace import COUNTS, RUNNING, Running, off_pace, running_of
from .parts import BETWEEN, parts_of, told


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of `Urgency` that follow from other rows."""

    rank: int
    need: str
    since: date | None
    further: int
    number: int | None
    stage: Stage | None
    starts_on: date | None
    ends_on: date | None
    paused: bool
    archived: bool
    on_us: int
    on_us_since: date | None
    on_them: int
    on_them_since: date | None
    next_id: UUID | None
    next_on: date | None
    rated: str


@dataclass(slots=True)
class Standing:
    """What the rows say of one merchant: its newest service period, the worst need and how many others, its targets."""

    period: Period | None = None
    worst: str = ""
    needs: int = 0
    targets: list[Running] = field(default_factory=list)
    detail: Detail = field(default_factory=Detail)


@dataclass(frozen=True, slots=True)
class Period:
    id: UUID
    number: int
    stage: Stage
    starts_on: date
    ends_on: date
    paused: bool
    archived: bool

    @property
    def goes_on(self) -> bool:
        return not (self.paused or self.archived)


def urgencies(*, today: date) -> dict[UUID, Found]:
    """In a portfolio scope: of its merchants, as the rows are now; two statements, one where no target runs."""
    given = {
        "today": today,
        "soon": today + timedelta(days=SOON_DAYS),
        "quiet_since": datetime.combine(today - timedelta(days=SILENT_DAYS), time(), SHANGHAI),
    }
    known: dict[UUID, Standing] = defaultdict(Standing)
    for row in db.session.execute(EVERYTHING, given):
        _take_in(known[row.tenant_id], row)
    periods = {one.period.id for one in known.values() if one.period is not None and one.period.goes_on}
    running = [target for one in known.values() for target in one.targets if target.engagement_id in periods]
    slow = off_pace(running, today=today)
    return {tenant_id: _found(one, slow.get(one.period and one.period.id)) for tenant_id, one in known.items()}


def stale(firm_id: UUID | None, *, today: date, most: int) -> list[sa.Row]:
    """Rows (tenant_id, touched) of merchants whose urgency holds no longer; of one firm, or of all."""
    firm = [] if firm_id is None else [Urgency.firm_id == firm_id]
    return db.session.execute(
        sa.select(Urgency.tenant_id, Urgency.touched)
        .where(*firm, Urgency.fresh_on < today)
        .order_by(Urgency.fresh_on, Urgency.tenant_id)
        .limit(most)
    ).all()


def _take_in(standing: Standing, row: sa.Row) -> None:
    if row.kind == "period":
        standing.period = _period(row) if row.ref else None
    elif row.kind == "need":
        standing.worst, standing.needs = row.label, row.count
    elif row.kind == "running":
        standing.targets.append(running_of(row))
    else:
        take_in(standing.detail, row)


def _period(row: sa.Row) -> Period:
    stage, starts, ends, paused, archived = parts_of(row.label, 5)
    days = date.fromisoformat(starts), date.fromisoformat(ends)
    return Period(row.ref, row.count, Stage(stage), *days, paused is not None, archived is not None)


def _found(one: Standing, slow_since: date | None) -> Found:
    weight, key, since = _worst_of(one, slow_since)
    period, detail = one.period, one.detail
    return Found(
        rank=CALM - weight,
        need=key,
        since=since,
        further=max(one.needs + (slow_since is not None) - 1, 0),
        number=period and period.number,
        stage=period and period.stage,
        starts_on=period and period.starts_on,
        ends_on=period and period.ends_on,
        paused=period is not None and period.paused,
        archived=period is not None and period.archived,
        on_us=detail.waiting[Side.FIRM],
        on_us_since=detail.since.get(Side.FIRM),
        on_them=detail.waiting[Side.MERCHANT],
        on_them_since=detail.since.get(Side.MERCHANT),
        next_id=detail.next_id,
        next_on=detail.next_on,
        rated=detail.rated,
    )


def _worst_of(one: Standing, slow_since: date | None) -> tuple[int, str, date | None]:
    if one.period is None:
        return UNBEGUN.weight, UNBEGUN.key, None
    found = []
    if one.worst:
        _weight, key, text = one.worst.split(BETWEEN)
        found.append((BY_KEY[key].weight, key, day_of(text)))
    if slow_since is not None:
        found.append((OFF_PACE.weight, OFF_PACE.key, slow_since))
    return max(found, default=(0, "", None))


def _current() -> sa.CTE:
    newest = (
        sa.select(Engagement.tenant_id, sa.func.max(Engagement.number).label("number"))
        .group_by(Engagement.tenant_id)
        .subquery()
    )
    return (
        sa.select(Engagement.tenant_id, *PERIOD)
        .join(newest, sa.and_(newest.c.tenant_id == Engagement.tenant_id, newest.c.number == Engagement.number))
        .cte("current")
    )


def _worst(current: sa.CTE) -> sa.Select:
    """Of each merchant the need with the greatest weight, as `90|past_end|2026-11-20`, and how many there are.

    One text for all three, so that a plain maximum finds it: ranking rows in a window costs twice as much.
    """
    every = sa.union_all(*(_told(need.chosen(current), f"{need.weight}|{need.key}|") for need in NEEDS)).subquery()
    return row_of("need", every.c.tenant_id, sa.func.count(), sa.null(), sa.func.max(every.c.told)).group_by(
        every.c.tenant_id
    )


def _periods(current: sa.CTE) -> sa.Select:
    """Of each merchant, also of those that have none."""
    columns = (current.c[name] for name in ("stage", "starts_on", "ends_on", "paused_on", "archived_at"))
    rows = row_of("period", Tenant.id, sa.func.coalesce(current.c.number, 0), sa.null(), told(*columns), current.c.id)
    return rows.outerjoin(current, current.c.tenant_id == Tenant.id).where(in_portfolio(Tenant.id))


def _told(chosen: sa.Select, beginning: str) -> sa.Select:
    tenant_id, since = chosen.selected_columns
    told = sa.literal_column(f"'{beginning}'", sa.String()) + since
    return chosen.with_only_columns(tenant_id, told.label("told"), maintain_column_froms=True)


def _statement() -> sa.CompoundSelect:
    current = _current()
    return sa.union_all(*DETAILS, RUNNING, _worst(current), _periods(current))


# Built once: putting it together costs more than running it.
EVERYTHING = _statement()
INPUTS = tables_in(EVERYTHING) | tables_in(COUNTS)
