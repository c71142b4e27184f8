"""Two tables like any feature's, to try every way around the walls on: a period has notes, each belongs to a merchant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy.orm import DeclarativeBase, Mapped, foreign, mapped_column, relationship

from siyu_saas.core.database import Identified, owned_reference, prepare
from siyu_saas.core.tenancy import TenantOwned, TenantTagged
from siyu_saas.core.walls import wall_off, wall_off_tagged


class ProbeBase(DeclarativeBase):
    type_annotation_map = {UUID: sa.Uuid}


class Merchant(ProbeBase):
    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class Period(TenantOwned, Identified, ProbeBase):
    __tablename__ = "probe_period"

    name: Mapped[str]
    notes: Mapped[list[Note]] = relationship(
        primaryjoin=lambda: sa.and_(Period.id == foreign(Note.period_id), Period.tenant_id == Note.tenant_id),
        back_populates="period",
    )


class Note(TenantOwned, Identified, ProbeBase):
    __tablename__ = "probe_note"

    title: Mapped[str]
    hours: Mapped[int] = mapped_column(default=1)
    period_id: Mapped[UUID | None]
    period: Mapped[Period | None] = relationship(
        primaryjoin=lambda: sa.and_(foreign(Note.period_id) == Period.id, Note.tenant_id == Period.tenant_id),
        back_populates="notes",
    )

    __table_args__ = (owned_reference("period_id", "probe_period"),)


class Entry(TenantTagged, Identified, ProbeBase):
    """May belong to a merchant or to none."""

    __tablename__ = "probe_entry"

    title: Mapped[str]


TABLES = [Period.__table__, Note.__table__, Entry.__table__]


@contextmanager
def probe_tables(app: Flask) -> Iterator[sa.Engine]:
    """Creates the tables as a migration would, walls included; yields the owner's engine, which sees everything."""
    owner = sa.create_engine(app.config["SETTINGS"].database_owner, poolclass=sa.NullPool)
    prepare(owner)
    with owner.begin() as connection:
        ProbeBase.metadata.create_all(connection, tables=TABLES)
        op = Operations(MigrationContext.configure(connection))
        for table in ("probe_period", "probe_note"):
            wall_off(op, table)
        wall_off_tagged(op, "probe_entry")
    try:
        yield owner
    finally:
        with owner.begin() as connection:
            ProbeBase.metadata.drop_all(connection, tables=TABLES)
