"""The database: one declarative base, one session class, and engines that behave the same on both dialects."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic, sleep
from uuid import UUID

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

from .ids import new_id
from .statements import OWNED, TAGGED
from .tenancy import (
    TenantOwned,
    TenantSession,
    TenantTagged,
    guard_below_the_orm,
    guard_the_driver,
    refuse_foreign_reference,
)

BUSY_TIMEOUT_MS = 10_000
SQLITE_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_patience_ms: ContextVar[int] = ContextVar("patience_ms", default=BUSY_TIMEOUT_MS)


class Utc(sa.TypeDecorator):
    """An aware datetime in UTC, also on SQLite, which forgets the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = sa.orm.registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Utc, UUID: sa.Uuid, dict: sa.JSON, list: sa.JSON},
    )


class Identified:
    """The usual key of a row; behind `tenant_id` on tenant-owned tables."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-8)


db = SQLAlchemy(model_class=Base, session_options={"class_": TenantSession, "expire_on_commit": False})


def choice(enum: type[StrEnum]) -> sa.Enum:
    """A column that holds one of the enum's values, readable in the database."""
    return sa.Enum(enum, native_enum=False, length=20, values_callable=lambda kind: [member.value for member in kind])


def owned_reference(local: str, table: str, **options) -> sa.ForeignKeyConstraint:
    """Wall 3: a foreign key that carries the tenant along, so a row cannot point at another merchant's row."""
    return sa.ForeignKeyConstraint(["tenant_id", local], [f"{table}.tenant_id", f"{table}.id"], **options)


def init_database(app) -> None:
    """Config keys `SQLALCHEMY_…` are set before. PostgreSQL gets a second engine, for the read-only portfolio role."""
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare(engine)
            event.listen(engine, "before_execute", guard_below_the_orm)
            event.listen(engine, "before_cursor_execute", guard_the_driver)


def engine_options(url: str) -> dict:
    """Errors do not tell the values of a statement: they end in logs."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    timeouts = "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
    # A million orders of one merchant are sorted in memory; nothing else here comes near it.
    memory = "-c work_mem=64MB"
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 8,
        "connect_args": {"connect_timeout": 5, "options": f"{timeouts} {memory}", "tcp_user_timeout": 8000},
    }


def prepare(engine: sa.Engine) -> None:
    """SQLite: WAL with a sync per commit, foreign keys, and our own BEGIN.

    The driver opens no transaction for a SELECT, so a read-modify-write would lose updates without any error.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection, _record) -> None:
        connection.isolation_level = None
        enter_wal(connection)
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        kind, reviewed = "IMMEDIATE" if _writing.get() else "DEFERRED", {"tenant_reviewed": "transaction control"}
        if (patience := _patience_ms.get()) == BUSY_TIMEOUT_MS:
            connection.exec_driver_sql(f"BEGIN {kind}", execution_options=reviewed)
            return
        connection.exec_driver_sql(f"pragma busy_timeout={patience}", execution_options=reviewed)
        try:
            connection.exec_driver_sql(f"BEGIN {kind}", execution_options=reviewed)
        finally:
            connection.exec_driver_sql(f"pragma busy_timeout={BUSY_TIMEOUT_MS}", execution_options=reviewed)


def enter_wal(connection: sqlite3.Connection) -> None:
    """The change to WAL needs a new file alone, and SQLite refuses at once where processes meet on it."""
    deadline = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("pragma journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.02)


@contextmanager
def writing(intent: bool = True):
    """Transactions begun inside take the write lock first (SQLite), so what they read cannot change under them."""
    token = _writing.set(intent)
    try:
        yield
    finally:
        _writing.reset(token)


def end_reading() -> None:
    """Ends a transaction that only read, keeping its rows loaded, so that slow work then holds no lock."""
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("the transaction has written")
    db.session.commit()


@contextmanager
def own_transaction(*, patience_ms: int = BUSY_TIMEOUT_MS):
    """A small write beside the running, only reading transaction, with a session and a commit of its own.

    On SQLite it waits `patience_ms` for whoever writes, then raises OperationalError.
    """
    token = _patience_ms.set(patience_ms)
    try:
        with writing(), db.session.session_factory() as session:
            yield session
            session.commit()
    finally:
        _patience_ms.reset(token)


@event.listens_for(Mapper, "instrument_class")
def _mark_table(mapper: Mapper, cls: type) -> None:
    if mapper.local_table is not None:
        if issubclass(cls, TenantOwned):
            mapper.local_table.info["tenancy"] = OWNED
        elif issubclass(cls, TenantTagged):
            mapper.local_table.info["tenancy"] = TAGGED


@event.listens_for(Mapper, "mapper_configured")
def _watch_references(mapper: Mapper, _cls: type) -> None:
    for relationship in mapper.relationships:
        event.listen(
            relationship.class_attribute, "append" if relationship.uselist else "set", refuse_foreign_reference
        )


def is_control(statement: str) -> bool:
    """Whether a statement is transaction control rather than a query; query counts leave those out."""
    return statement.startswith(("BEGIN", "pragma", "select set_config", "SAVEPOINT", "RELEASE", "ROLLBACK"))
