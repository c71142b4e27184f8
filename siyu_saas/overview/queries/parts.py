"""Rows of different kinds in one union: what does not fit a column of its own travels as one text."""

from __future__ import annotations

from functools import reduce

import sqlalchemy as sa

BETWEEN = "|"
NOTHING = sa.literal_column("''", sa.String())


def told(*columns: sa.ColumnElement) -> sa.ColumnElement[str]:
    """Several columns as one text, the last of which may hold anything; what is NULL is an empty part."""
    return reduce(lambda left, right: left + BETWEEN + right, map(_as_text, columns))


def parts_of(text: str, count: int) -> list[str | None]:
    return [part or None for part in text.split(BETWEEN, count - 1)]


def _as_text(column: sa.ColumnElement) -> sa.ColumnElement[str]:
    if isinstance(column.type, sa.Boolean):
        return sa.case((column, "1"), else_="0")
    if isinstance(column.type, sa.Enum | sa.String):
        return sa.func.coalesce(sa.type_coerce(column, sa.String()), NOTHING)
    return sa.func.coalesce(sa.cast(column, sa.String()), NOTHING)
