"""What numbers of an engagement are counted for: all of it, and whatever groups or shops they were brought for."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.states import ImportState


def scopes_of(engagement_id: UUID) -> list[str]:
    """By name, without ALL; read from the imports, which are few, and not from the counts."""
    return list(
        db.session.scalars(
            sa.select(DataImport.scope)
            .where(
                DataImport.engagement_id == engagement_id,
                DataImport.scope != ALL,
                DataImport.state == ImportState.DONE,
            )
            .distinct()
            .order_by(DataImport.scope)
        )
    )
