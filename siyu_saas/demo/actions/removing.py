"""Taking the demo away: its merchants with all that is theirs, its firm, and its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.files.storage import Storage
from siyu_saas.core.tenancy import system
from siyu_saas.demo.queries import accounts, demo_firm, merchants_of
from siyu_saas.tenants.models import StoredFile


def remove_demo(*, storage: Storage) -> bool:
    """Of everything only the demo's; False when it is not there. Content of files goes with the rows."""
    firm = demo_firm()
    if firm is None:
        return False
    merchants, people = merchants_of(firm), accounts()
    with system("remove the demo"), _append_only_tables_open():
        for key in db.session.scalars(sa.select(StoredFile.key).where(StoredFile.tenant_id.in_(merchants))).all():
            storage.delete(key)
        for table in reversed(db.metadata.sorted_tables):
            for column, values in (
                ("tenant_id", merchants),
                ("firm_id", [firm]),
                ("user_id", people),
                ("actor_id", people),
            ):
                _delete(table, column, values)
        for name, values in (("tenant", merchants), ("firm", [firm]), ("user", people)):
            _delete(db.metadata.tables[name], "id", values)
    return True


def _delete(table: sa.Table, column: str, values: Iterable[UUID]) -> None:
    if column in table.columns:
        db.session.connection().execute(sa.delete(table).where(table.columns[column].in_(values)))


@contextmanager
def _append_only_tables_open() -> Iterator[None]:
    """PostgreSQL lets the system scope remove what is only ever added; SQLite has triggers against it."""
    connection = db.session.connection()
    triggers = []
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("pragma defer_foreign_keys = on")
        triggers = connection.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'").all()
    for name, _sql in triggers:
        connection.exec_driver_sql(f'drop trigger "{name}"')
    yield
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)
