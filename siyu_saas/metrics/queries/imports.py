"""Deliveries of numbers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import DataImport, Observation, OrderLine
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.reading.presets import PRESETS
from siyu_saas.metrics.rules.states import ImportState
from siyu_saas.tenants.models import Engagement, StoredFile


def import_with(import_id: UUID, engagement_id: UUID) -> DataImport | None:
    return db.session.scalar(
        sa.select(DataImport).where(DataImport.id == import_id, DataImport.engagement_id == engagement_id)
    )


def import_to_change(import_id: UUID) -> DataImport | None:
    """As it is now, locked until the end of the transaction."""
    chosen = sa.select(DataImport).where(DataImport.id == import_id).with_for_update()
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def import_of_form(form_key: str | None) -> DataImport | None:
    if form_key is None:
        return None
    return db.session.scalar(sa.select(DataImport).where(DataImport.form_key == form_key))


def hold_engagement(engagement_id: UUID) -> None:
    """One after the other: whoever writes counts of an engagement waits here for the one before."""
    db.session.execute(sa.select(Engagement.id).where(Engagement.id == engagement_id).with_for_update())


def content_of(row: DataImport) -> StoredFile | None:
    """The file while it is held; None once it is discarded."""
    return db.session.scalar(
        sa.select(StoredFile).where(StoredFile.id == row.file_id, StoredFile.discarded_at.is_(None))
    )


def file_to_discard(file_id: UUID) -> StoredFile | None:
    return db.session.scalar(sa.select(StoredFile).where(StoredFile.id == file_id, StoredFile.discarded_at.is_(None)))


def plan_of_layout(layout: str) -> dict | None:
    """How the last table with this header was read, in any engagement of the merchant."""
    return db.session.scalar(
        sa.select(DataImport.plan)
        .where(DataImport.layout == layout, DataImport.state.in_((ImportState.DONE, ImportState.UNDONE)))
        .order_by(DataImport.given_at.desc())
        .limit(1)
    )


def same_content(engagement_id: UUID, sha256: str, but: UUID) -> DataImport | None:
    """An import of the very same file whose numbers are in."""
    return db.session.scalar(
        sa.select(DataImport)
        .where(
            DataImport.engagement_id == engagement_id,
            DataImport.sha256 == sha256,
            DataImport.state == ImportState.DONE,
            DataImport.id != but,
        )
        .limit(1)
    )


def orders_between(engagement_id: UUID, first: date, last: date) -> int:
    return db.session.scalar(
        sa.select(sa.func.count(OrderLine.id)).where(
            OrderLine.engagement_id == engagement_id, OrderLine.order_date.between(first, last)
        )
    )


def imports_page(engagement_id: UUID, page: int, size: int) -> tuple[list[sa.Row], int]:
    """Newest first, with how many there are; entries by hand among them."""
    rows = db.session.execute(
        sa.select(
            DataImport.id,
            DataImport.name,
            DataImport.source,
            DataImport.state,
            DataImport.preset,
            DataImport.scope,
            DataImport.rows,
            DataImport.first_day,
            DataImport.last_day,
            DataImport.given_by_name,
            DataImport.given_at,
            sa.func.count().over().label("total"),
        )
        .where(DataImport.engagement_id == engagement_id)
        .order_by(DataImport.given_at.desc(), DataImport.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return rows, rows[0].total if rows else 0


def known_days(engagement_id: UUID, first: date, last: date, scope: str = ALL) -> list[sa.Row]:
    """(field, day) of every known value."""
    return db.session.execute(
        sa.select(Observation.field, Observation.day)
        .where(
            Observation.engagement_id == engagement_id,
            Observation.scope == scope,
            Observation.value.is_not(None),
            Observation.day.between(first, last),
        )
        .order_by(Observation.field, Observation.day)
    ).all()


def span(engagement_id: UUID, scope: str = ALL) -> sa.Row:
    """(first, last): how far the daily counts reach."""
    return db.session.execute(
        sa.select(sa.func.min(Observation.day), sa.func.max(Observation.day)).where(
            Observation.engagement_id == engagement_id, Observation.scope == scope
        )
    ).one()


def orders_span(engagement_id: UUID) -> sa.Row:
    """(first, last, how many), as their imports told: the lines themselves are many."""
    return db.session.execute(
        sa.select(
            sa.func.min(DataImport.first_day),
            sa.func.max(DataImport.last_day),
            sa.func.coalesce(sa.func.sum(DataImport.added), 0),
        ).where(
            DataImport.engagement_id == engagement_id,
            DataImport.state == ImportState.DONE,
            DataImport.preset.in_([key for key, preset in PRESETS.items() if preset.shape.is_orders]),
        )
    ).one()
