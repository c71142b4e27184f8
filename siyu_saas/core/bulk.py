"""The one door for many rows at once, behind the same walls: stamped here, and checked by the policies of PostgreSQL.

`session.add_all` costs ten times as much as the database does. Here rows are plain values in the order of `columns`;
they go to the driver in batches, inside the session's own transaction. COPY is not for tables with row-level
security, so PostgreSQL gets each batch as one array a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from .database import db
from .ids import new_id
from .tenancy import TenantError, TenantOwned
from .written import note_rows

BATCH_ROWS = 5_000
OWN_COLUMNS = ("tenant_id", "id")
REVIEWED = {"tenant_reviewed": "stamped by the door for many rows"}

Row = TypeVar("Row")


def insert_rows(
    model: type[TenantOwned],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
    each_batch: Callable[[int], None] = lambda _count: None,
) -> int:
    """Inserts and returns how many. `same` holds the columns that are alike in every row.

    The tenant is that of the scope and the ids are made here; other defaults of the model are not asked.
    `each_batch` is told how many rows are in. Raises TenantError without a merchant to write for.
    """
    scope = db.session().bind_scope()
    if scope.write is None:
        raise TenantError("rows of one merchant need that merchant's scope")
    if not (isinstance(model, type) and issubclass(model, TenantOwned)):
        raise TenantError("this door is for tenant-owned tables")
    fixed = {"tenant_id": scope.write, **(same or {})}
    _refuse_columns(model, (*columns, *(same or ())))
    db.session.flush()
    note_rows(db.session(), model.__tablename__, (scope.write,))
    connection = db.session.connection()
    write = _to_sqlite if connection.dialect.name == "sqlite" else _to_postgresql
    count = 0
    for batch in in_batches(rows, BATCH_ROWS):
        write(connection, model.__table__, fixed, ("id", *columns), batch)
        count += len(batch)
        each_batch(count)
    return count


def in_batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _refuse_columns(model: type[TenantOwned], names: Sequence[str]) -> None:
    unknown = set(names) - set(model.__table__.columns.keys())
    if unknown or set(names) & set(OWN_COLUMNS) or len(set(names)) != len(names):
        raise TenantError(f"not columns to fill: {sorted(names)}")


def _to_sqlite(connection: sa.Connection, table: sa.Table, fixed: Mapping, columns: Sequence[str], batch: list) -> None:
    names = ", ".join(f'"{name}"' for name in (*fixed, *columns))
    marks = ", ".join("?" * (len(fixed) + len(columns)))
    constant = tuple(_for_sqlite(table, name)(value) for name, value in fixed.items())
    turned = [
        map(_for_sqlite(table, name), values)
        for name, values in zip(columns[1:], zip(*batch, strict=True), strict=True)
    ]
    ids = (new_id().hex for _row in batch)
    rows = [constant + values for values in zip(ids, *turned, strict=True)]
    connection.exec_driver_sql(
        f'insert into "{table.name}" ({names}) values ({marks})', rows, execution_options=REVIEWED
    )


def _to_postgresql(
    connection: sa.Connection, table: sa.Table, fixed: Mapping, columns: Sequence[str], batch: list
) -> None:
    names = ", ".join(f'"{name}"' for name in (*fixed, *columns))
    marks = ", ".join(f"%s::{_type_in_postgresql(table, name)}" for name in fixed)
    arrays = ", ".join(f"%s::{_type_in_postgresql(table, name)}[]" for name in columns)
    constant = [None if value is None else _as_text(value) for value in fixed.values()]
    texts = [_array(column) for column in zip(*batch, strict=True)]
    ids = _array([new_id() for _row in batch])
    connection.exec_driver_sql(
        f'insert into "{table.name}" ({names}) select {marks}, * from unnest({arrays})',
        (*constant, ids, *texts),
        execution_options=REVIEWED,
    )


def _for_sqlite(table: sa.Table, name: str) -> Callable[[Any], Any]:
    kind = table.columns[name].type
    if isinstance(kind, sa.Date):
        return _day_text
    if isinstance(kind, sa.Uuid):
        return lambda value: None if value is None else value.hex
    if isinstance(kind, sa.BigInteger | sa.Integer | sa.String | sa.LargeBinary):
        return lambda value: value
    raise TenantError(f"no way to write a {kind!r} here")


@lru_cache(4096)
def _day_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _type_in_postgresql(table: sa.Table, name: str) -> str:
    return table.columns[name].type.compile(sa.dialects.postgresql.dialect())


def _array(values: Sequence[Any]) -> str:
    """Columns of one kind without gaps, as most are, are written without asking for the kind of each value."""
    kinds = set(map(type, values))
    if kinds == {int} or kinds == {UUID}:
        return "{" + ",".join(map(str, values)) + "}"
    if kinds == {date}:
        return "{" + ",".join(map(_day_text, values)) + "}"
    if kinds == {bytes}:
        return '{"\\\\x' + '","\\\\x'.join(map(bytes.hex, values)) + '"}'
    return "{" + ",".join("NULL" if value is None else _array_item(value) for value in values) + "}"


def _array_item(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bytes):
        return '"\\\\x' + value.hex() + '"'
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, UUID | int):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return _day_text(value)
    raise TenantError(f"no way to write {type(value).__name__} here")
