"""Texts of a service period: the newest version of each, and the history of one."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import KitText
from siyu_saas.guidance.rules.kits import KitState


def newest_texts(engagement_id: UUID) -> dict[str, sa.Row]:
    """Rows (key, number, state, when) of the newest version by key."""
    rows = db.session.execute(
        sa.select(KitText.key, KitText.number, KitText.state, KitText.made_at)
        .where(KitText.engagement_id == engagement_id)
        .order_by(KitText.number)
    )
    return {row.key: row for row in rows}


def versions_of(engagement_id: UUID, key: str) -> list[KitText]:
    """Newest first."""
    chosen = sa.select(KitText).where(KitText.engagement_id == engagement_id, KitText.key == key)
    return list(db.session.scalars(chosen.order_by(KitText.number.desc()).limit(30)))


def text_to_change(engagement_id: UUID, key: str) -> KitText | None:
    """The newest version, locked."""
    chosen = sa.select(KitText).where(KitText.engagement_id == engagement_id, KitText.key == key)
    return db.session.scalar(chosen.order_by(KitText.number.desc()).limit(1).with_for_update())


def approved_text(engagement_id: UUID, key: str) -> KitText | None:
    chosen = sa.select(KitText).where(
        KitText.engagement_id == engagement_id, KitText.key == key, KitText.state == KitState.APPROVED
    )
    return db.session.scalar(chosen.order_by(KitText.number.desc()).limit(1))
