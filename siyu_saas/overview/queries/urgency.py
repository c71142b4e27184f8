"""What `Urgency` says, worked out anew for some merchants: the worst of their needs, and how far their service period is."""

from __future__ import annotations

from dataclasses import dataclass
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
from .details import DETAILS, Detail, details
from .pace import HAVE_TARGETS, PACE_STATEMENTS, off_pace


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


def urgencies(*, today: date) -> dict[UUID, Found]:
    """In a portfolio scope: of its merchants, as the rows are now."""
    given = {
        "today": today,
        "soon": today + timedelta(days=SOON_DAYS),
        "quiet_since": datetime.combine(today - timedelta(days=SILENT_DAYS), time(), SHANGHAI),
    }
    rows = db.session.execute(WORST, given).all()
    running = {row.engagement_id for row in rows if row.has_targets and _goes_on(row)}
    slow = off_pace(today=today, engagements=running) if running else {}
    known = details(today=today)
    return {row.id: _found(row, slow.get(row.engagement_id), known[row.id]) for row in rows}


def stale(firm_id: UUID | None, *, today: date, most: int) -> list[sa.Row]:
    """Rows (tenant_id, touched) of merchants whose urgency holds no longer; of one firm, or of all."""
    firm = [] if firm_id is None else [Urgency.firm_id == firm_id]
    return db.session.execute(
        sa.select(Urgency.tenant_id, Urgency.touched)
        .where(*firm, Urgency.fresh_on < today)
        .order_by(Urgency.fresh_on, Urgency.tenant_id)
        .limit(most)
    ).all()


def _goes_on(row: sa.Row) -> bool:
    return row.engagement_id is not None and row.archived_at is None and row.paused_on is None


def _found(row: sa.Row, slow_since: date | None, detail: Detail) -> Found:
    weight, key, since = _worst_of(row, slow_since)
    return Found(
        rank=CALM - weight,
        need=key,
        since=since,
        further=max((row.further or 0) + (slow_since is not None) - (not row.told), 0),
        number=row.number,
        stage=row.stage,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        paused=row.paused_on is not None,
        archived=row.archived_at is not None,
        on_us=detail.waiting[Side.FIRM],
        on_us_since=detail.since.get(Side.FIRM),
        on_them=detail.waiting[Side.MERCHANT],
        on_them_since=detail.since.get(Side.MERCHANT),
        next_id=detail.next_id,
        next_on=detail.next_on,
        rated=detail.rated,
    )


def _worst_of(row: sa.Row, slow_since: date | None) -> tuple[int, str, date | None]:
    if row.engagement_id is None:
        return UNBEGUN.weight, UNBEGUN.key, None
    found = []
    if row.told:
        _weight, key, text = row.told.split("|")
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


def _worst(current: sa.CTE) -> sa.Subquery:
    """Of each merchant the need with the greatest weight, as `90|past_end|2026-11-20`, and how many others there are.

    One text for all three, so that a plain maximum finds it: ranking rows in a window costs twice as much.
    """
    every = sa.union_all(*(_told(need.chosen(current), f"{need.weight}|{need.key}|") for need in NEEDS)).subquery()
    return (
        sa.select(
            every.c.tenant_id,
            sa.func.max(every.c.told).label("told"),
            (sa.func.count() - 1).label("further"),
        )
        .group_by(every.c.tenant_id)
        .subquery("worst")
    )


def _told(chosen: sa.Select, beginning: str) -> sa.Select:
    tenant_id, since = chosen.selected_columns
    told = sa.literal_column(f"'{beginning}'", sa.String()) + since
    return chosen.with_only_columns(tenant_id, told.label("told"), maintain_column_froms=True)


def _statement() -> sa.Select:
    current = _current()
    need = _worst(current)
    return (
        sa.select(
            Tenant.id,
            current.c.id.label("engagement_id"),
            current.c.number,
            current.c.stage,
            current.c.starts_on,
            current.c.ends_on,
            current.c.paused_on,
            current.c.archived_at,
            need.c.told,
            need.c.further,
            Tenant.id.in_(HAVE_TARGETS).label("has_targets"),
        )
        .outerjoin(current, current.c.tenant_id == Tenant.id)
        .outerjoin(need, need.c.tenant_id == Tenant.id)
        .where(in_portfolio(Tenant.id))
    )


# Built once: putting it together costs more than running it.
WORST = _statement()
INPUTS = frozenset().union(*(tables_in(one) for one in (WORST, DETAILS, *PACE_STATEMENTS)))
