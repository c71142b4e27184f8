"""Checklists of a service period and their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Checklist, Item


def checklists_of(engagement_id: UUID) -> list[sa.Row]:
    """Rows (id, key, title) in the order they were taken up."""
    return list(
        db.session.execute(
            sa.select(Checklist.id, Checklist.key, Checklist.title)
            .where(Checklist.engagement_id == engagement_id, Checklist.removed_at.is_(None))
            .order_by(Checklist.begun_at, Checklist.key)
        )
    )


def items_by_checklist(engagement_id: UUID) -> dict[UUID, list[sa.Row]]:
    """Rows as lists show them, in the order of each checklist."""
    rows = db.session.execute(
        sa.select(
            Item.id,
            Item.checklist_id,
            Item.key,
            Item.title,
            Item.state,
            Item.side,
            Item.role,
            Item.due_on,
            Item.evidence,
            Item.reason,
        )
        .join(Checklist, Checklist.id == Item.checklist_id)
        .where(Item.engagement_id == engagement_id, Checklist.removed_at.is_(None))
        .order_by(Item.position, Item.key)
    )
    found: dict[UUID, list[sa.Row]] = defaultdict(list)
    for row in rows:
        found[row.checklist_id].append(row)
    return found


def items_of_checklists(engagement_id: UUID, keys: Collection[str]) -> dict[str, list[sa.Row]]:
    """Rows (title, side, state) by the key of a checklist that was taken up."""
    rows = db.session.execute(
        sa.select(Checklist.key, Item.title, Item.side, Item.state)
        .join(Item, Item.checklist_id == Checklist.id)
        .where(Checklist.engagement_id == engagement_id, Checklist.key.in_(keys), Checklist.removed_at.is_(None))
        .order_by(Item.position, Item.key)
    )
    found: dict[str, list[sa.Row]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found


def checklist_keyed(engagement_id: UUID, key: str) -> Checklist | None:
    return db.session.scalar(sa.select(Checklist).where(Checklist.engagement_id == engagement_id, Checklist.key == key))


def checklist_with(checklist_id: UUID, engagement_id: UUID) -> Checklist | None:
    return db.session.scalar(
        sa.select(Checklist).where(
            Checklist.id == checklist_id, Checklist.engagement_id == engagement_id, Checklist.removed_at.is_(None)
        )
    )


def has_begun(checklist_id: UUID) -> bool:
    """Whether anybody has worked on one of its items."""
    chosen = sa.select(Item.id).where(Item.checklist_id == checklist_id, Item.round > 0).limit(1)
    return db.session.scalar(chosen) is not None
