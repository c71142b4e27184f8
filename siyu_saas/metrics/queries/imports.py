"""Deliveries of numbers."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import DataImport


def import_with(import_id: UUID, engagement_id: UUID) -> DataImport | None:
    return db.session.scalar(
        sa.select(DataImport).where(DataImport.id == import_id, DataImport.engagement_id == engagement_id)
    )


def import_of_form(form_key: str | None) -> DataImport | None:
    if form_key is None:
        return None
    return db.session.scalar(sa.select(DataImport).where(DataImport.form_key == form_key))
