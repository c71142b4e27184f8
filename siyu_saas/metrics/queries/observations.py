"""Daily counts of the engagement asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Observation
from siyu_saas.metrics.rules.fields import ALL, NOTE
from siyu_saas.metrics.rules.windows import Window

Series = dict[date, int | None]

KNOWN = (
    sa.select(
        Observation.field,
        sa.func.aggregate_strings(sa.cast(Observation.day, sa.String), ","),
        sa.func.aggregate_strings(sa.func.coalesce(sa.cast(Observation.value, sa.String), ""), ","),
    )
    .where(
        Observation.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()),
        Observation.scope == sa.bindparam("scope"),
        Observation.field.in_(sa.bindparam("fields", expanding=True)),
        sa.or_(
            Observation.day.between(sa.bindparam("first"), sa.bindparam("last")),
            Observation.day.between(sa.bindparam("other_first"), sa.bindparam("other_last")),
        ),
    )
    .group_by(Observation.field)
)


def daily(engagement_id: UUID, fields: Collection[str], first: date, last: date, scope: str = ALL) -> dict[str, Series]:
    """Each field's value on each day from `first` to `last`; None where nothing is known. Money in fen. One query."""
    window = Window(first, last)
    known = daily_in_both(engagement_id, fields, window, window, scope)
    return {field: dict.fromkeys(window.dates()) | series for field, series in known.items()}


def daily_in_both(
    engagement_id: UUID, fields: Collection[str], window: Window, other: Window, scope: str = ALL
) -> dict[str, Series]:
    """As `daily`, for two windows in one query; days that nobody wrote are left out.

    The database hands over a field at a time: thousands of rows cost several times what two texts do.
    """
    asked = {"engagement_id": engagement_id, "scope": scope, "fields": list(fields)}
    asked |= {"first": window.first, "last": window.last, "other_first": other.first, "other_last": other.last}
    series: dict[str, Series] = {field: {} for field in fields}
    dates: dict[str, list[date]] = {}
    for field, days, values in db.session.execute(KNOWN, asked):
        if days not in dates:
            dates[days] = [date.fromisoformat(day) for day in days.split(",")]
        series[field] = dict(
            zip(dates[days], [int(value) if value else None for value in values.split(",")], strict=True)
        )
    return series


def daily_by_scope(
    engagement_id: UUID, fields: Collection[str], first: date, last: date, scopes: Collection[str]
) -> dict[str, dict[str, Series]]:
    """As `daily`, for several scopes in one query; days that nobody wrote are left out."""
    series: dict[str, dict[str, Series]] = {scope: {field: {} for field in fields} for scope in scopes}
    rows = db.session.execute(
        sa.select(Observation.scope, Observation.field, Observation.day, Observation.value).where(
            Observation.engagement_id == engagement_id,
            Observation.scope.in_(scopes),
            Observation.field.in_(fields),
            Observation.day.between(first, last),
        )
    )
    for scope, field, day, value in rows:
        series[scope][field][day] = value
    return series


def notes(engagement_id: UUID, first: date, last: date, scope: str = ALL) -> dict[date, str]:
    """What disturbed a day, in the merchant's words."""
    rows = db.session.execute(
        sa.select(Observation.day, Observation.text)
        .where(
            Observation.engagement_id == engagement_id,
            Observation.scope == scope,
            Observation.field == NOTE,
            Observation.day.between(first, last),
            Observation.text.is_not(None),
        )
        .order_by(Observation.day)
    )
    return {row.day: row.text for row in rows}


def standing(
    engagement_id: UUID, fields: Sequence[str], first: date, last: date, scope: str = ALL
) -> dict[tuple[str, date], sa.Row]:
    """The rows as they are, by field and day: (id, value, text, import_id)."""
    rows = db.session.execute(
        sa.select(
            Observation.field,
            Observation.day,
            Observation.id,
            Observation.value,
            Observation.text,
            Observation.import_id,
        ).where(
            Observation.engagement_id == engagement_id,
            Observation.scope == scope,
            Observation.field.in_(fields),
            Observation.day.between(first, last),
        )
    )
    return {(row.field, row.day): row for row in rows}
