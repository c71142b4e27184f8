"""Reads across a consultant's merchants."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement


def latest_engagements() -> dict[UUID, sa.Row]:
    """In a portfolio scope: the newest service period of each merchant, by tenant id."""
    newest = (
        sa.select(Engagement.tenant_id, sa.func.max(Engagement.number).label("number"))
        .group_by(Engagement.tenant_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(
            Engagement.tenant_id,
            Engagement.number,
            Engagement.title,
            Engagement.stage,
            Engagement.starts_on,
            Engagement.ends_on,
        ).join(newest, sa.and_(newest.c.tenant_id == Engagement.tenant_id, newest.c.number == Engagement.number))
    )
    return {row.tenant_id: row for row in rows}
