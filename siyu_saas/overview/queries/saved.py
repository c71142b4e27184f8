"""The views of the list that one person keeps in one firm."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db

from ..models import SavedView


def saved_views(user_id: UUID, firm_id: UUID) -> list[SavedView]:
    """The oldest first, so that each keeps its place."""
    return list(db.session.scalars(_own(user_id, firm_id).order_by(SavedView.made_at, SavedView.id)))


def saved_view(view_id: UUID, user_id: UUID, firm_id: UUID) -> SavedView | None:
    return db.session.scalar(_own(user_id, firm_id).where(SavedView.id == view_id))


def _own(user_id: UUID, firm_id: UUID) -> sa.Select:
    return sa.select(SavedView).where(SavedView.user_id == user_id, SavedView.firm_id == firm_id)
