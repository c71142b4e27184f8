"""How large single orders are: one large order bends a mean, and its median does not move."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import OrderLine
from siyu_saas.metrics.rules.orders import Sizes
from siyu_saas.metrics.rules.windows import Window


def sizes_within(engagement_id: UUID, *windows: Window) -> tuple[Sizes | None, ...]:
    """Of each window, in one query; None where it has no order. The windows do not overlap."""
    spans = [OrderLine.order_date.between(one.first, one.last) for one in windows]
    place = sa.case(*((span, number) for number, span in enumerate(spans)))
    orders = (
        sa.select(
            place.label("place"),
            OrderLine.amount_fen.label("fen"),
            sa.func.row_number().over(partition_by=place, order_by=OrderLine.amount_fen).label("rank"),
            sa.func.count().over(partition_by=place).label("many"),
        )
        .where(OrderLine.engagement_id == engagement_id, sa.or_(*spans))
        .subquery()
    )
    middle = sa.case((sa.between(orders.c.rank * 2, orders.c.many, orders.c.many + 2), orders.c.fen))
    rows = db.session.execute(
        sa.select(
            orders.c.place,
            sa.func.max(orders.c.many),
            sa.func.min(middle),
            sa.func.max(middle),
            sa.func.max(orders.c.fen),
        ).group_by(orders.c.place)
    )
    found = {row[0]: Sizes(row[1], Fraction(row[2] + row[3], 2), row[4]) for row in rows}
    return tuple(found.get(number) for number in range(len(windows)))
