"""The database behind the walls: emptied after each test, and merchants put back that were made once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from siyu_saas.core.database import db
from tests.support.merchants import Shop, make_shop

FAST = {
    "sqlite": ("pragma foreign_keys=off", "pragma synchronous=off", "pragma busy_timeout=10000"),
    "postgresql": ("set session_replication_role = replica",),
}
KEY = "behind the walls"
Rows = dict[sa.Table, list[dict]]


def stocked_shop(app: Flask, slug: str, firm: str) -> Shop:
    """Made by the product's own actions the first time; later its rows are inserted as they were."""
    stock = app.extensions.setdefault("stock of shops", {})
    if slug not in stock:
        before = _rows(app)
        shop = make_shop(app, slug, firm)
        stock[slug] = shop, _without(_rows(app), before)
        return shop
    shop, rows = stock[slug]
    with _behind_the_walls(app) as connection:
        for table, values in rows.items():
            connection.execute(sa.insert(table), values)
    return shop


def wipe(app: Flask) -> None:
    """Foreign keys and the append-only triggers are out of the way meanwhile."""
    with _behind_the_walls(app) as connection:
        names = [f'"{table.name}"' for table in db.metadata.sorted_tables]
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("; ".join(f"delete from {name}" for name in names))
            return
        triggers = connection.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'").all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f"drop trigger {name}")
        for name in names:
            connection.exec_driver_sql(f"delete from {name}")
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)


def let_go(app: Flask) -> None:
    if KEY in app.extensions:
        app.extensions.pop(KEY).dispose()


@contextmanager
def _behind_the_walls(app: Flask) -> Iterator[sa.Connection]:
    """As the superuser on PostgreSQL. The connection is kept between tests."""
    if KEY not in app.extensions:
        url = sa.make_url(app.config["SETTINGS"].database_owner)
        engine = sa.create_engine(url if url.drivername == "sqlite" else url.set(username="postgres"))
        sa.event.listen(engine, "connect", _hasten)
        app.extensions[KEY] = engine
    with app.extensions[KEY].begin() as connection:
        yield connection


def _hasten(connection, _record) -> None:
    kind = "sqlite" if type(connection).__module__.startswith("sqlite3") else "postgresql"
    cursor = connection.cursor()
    for statement in FAST[kind]:
        cursor.execute(statement)
    connection.commit()


def _rows(app: Flask) -> Rows:
    with _behind_the_walls(app) as connection:
        return {
            table: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in db.metadata.sorted_tables
        }


def _without(rows: Rows, before: Rows) -> Rows:
    new = {table: [row for row in some if row not in before[table]] for table, some in rows.items()}
    return {table: some for table, some in new.items() if some}
