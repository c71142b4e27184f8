"""Customers of an engagement by their orders, computed where the orders are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import OrderLine
from siyu_saas.metrics.rules.rfm import FREQUENCY, Cell, Cuts, Portrait, portrait, window_of
from siyu_saas.metrics.rules.rhythm import Chosen, Rhythm

ROWS_AT_ONCE = 2_000


def portrait_on(engagement_id: UUID, asof: date, chosen: Chosen) -> tuple[Portrait, Rhythm] | None:
    """Everybody put into segments on a day, and how often they buy; None when nobody bought in the year before it."""
    beat = rhythm(engagement_id, asof)
    if not beat.customers:
        return None
    cuts = beat.cuts(chosen.interval_days, chosen.order_fen)
    return portrait(cells(engagement_id, asof, cuts), cuts, asof), beat


def rhythm(engagement_id: UUID, asof: date) -> Rhythm:
    """How long customers wait between two days with an order: each order looks back at the one before it, in the order
    of the index. A second order on the same day waits for nothing."""
    before = sa.func.lag(OrderLine.order_date).over(partition_by=OrderLine.customer_key, order_by=OrderLine.order_date)
    waits = (
        sa.select(_days(OrderLine.order_date, before).label("days"), OrderLine.amount_fen.label("fen"))
        .where(OrderLine.engagement_id == engagement_id, OrderLine.order_date.between(*window_of(asof)))
        .subquery()
    )
    rows = db.session.execute(
        sa.select(waits.c.days, sa.func.count(), sa.func.sum(waits.c.fen)).group_by(waits.c.days)
    ).all()
    intervals = {int(days): count for days, count, _fen in rows if days}
    customers = sum(count for days, count, _fen in rows if days is None)
    return Rhythm(intervals, customers, customers + sum(intervals.values()), sum(int(row[2]) for row in rows))


def cells(engagement_id: UUID, asof: date, cuts: Cuts) -> list[Cell]:
    """Customers counted by their three scores: at most 125 rows, however many orders there are."""
    people = _customers(engagement_id, asof).subquery()
    recency = _points(people.c.days, cuts.recency, at_most=True)
    frequency = _points(people.c.orders, FREQUENCY)
    money = _points(people.c.fen, cuts.money)
    rows = db.session.execute(
        sa.select(recency, frequency, money, sa.func.count(), sa.func.sum(people.c.fen)).group_by(
            recency, frequency, money
        )
    )
    return [Cell((r, f, m), count, int(fen)) for r, f, m, count, fen in rows]


def customers(engagement_id: UUID, asof: date) -> Iterator[sa.Row]:
    """(customer_key, days, orders, fen) of everybody, the largest first."""
    chosen = _customers(engagement_id, asof)
    chosen = chosen.order_by(sa.desc("fen"), OrderLine.customer_key).execution_options(yield_per=ROWS_AT_ONCE)
    yield from db.session.execute(chosen)


def _customers(engagement_id: UUID, asof: date) -> sa.Select:
    newest = sa.func.max(OrderLine.order_date)
    return (
        sa.select(
            OrderLine.customer_key,
            _days(sa.literal(asof, sa.Date), newest).label("days"),
            sa.func.count().label("orders"),
            sa.func.sum(OrderLine.amount_fen).label("fen"),
        )
        .where(OrderLine.engagement_id == engagement_id, OrderLine.order_date.between(*window_of(asof)))
        .group_by(OrderLine.customer_key)
    )


def _points(column, limits: tuple[int, ...], *, at_most: bool = False):
    """1 to 5: one point more for each limit that is kept."""
    kept = [sa.case((column <= limit if at_most else column >= limit, 1), else_=0) for limit in limits]
    return sa.literal(1) + kept[0] + kept[1] + kept[2] + kept[3]


def _days(later, earlier):
    """Whole days from one date to the other, in the database that runs."""
    if db.engine.dialect.name == "sqlite":
        return sa.cast(sa.func.julianday(later) - sa.func.julianday(earlier), sa.Integer)
    return sa.cast(later, sa.Date) - sa.cast(earlier, sa.Date)
