"""What waits for a reviewer, across merchants; in a portfolio scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Checklist, Criterion, Evidence, Item
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.tenants.models import Engagement, StoredFile


def waiting_for_review(limit: int) -> list[sa.Row]:
    """Rows of submitted items, the longest waiting first."""
    return list(
        db.session.execute(
            sa.select(
                Item.id,
                Item.tenant_id,
                Item.title,
                Item.round,
                Item.version,
                Item.submitted_at,
                Item.submitted_by_name,
                Checklist.title.label("checklist"),
                Engagement.number,
            )
            .join(Checklist, sa.and_(Checklist.tenant_id == Item.tenant_id, Checklist.id == Item.checklist_id))
            .join(Engagement, sa.and_(Engagement.tenant_id == Item.tenant_id, Engagement.id == Item.engagement_id))
            .where(Item.state == ItemState.SUBMITTED, Engagement.archived_at.is_(None))
            .order_by(Item.submitted_at, Item.id)
            .limit(limit)
        )
    )


def how_many_wait() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Item).where(Item.state == ItemState.SUBMITTED))


def criteria_by_item(item_ids: Collection[UUID]) -> dict[UUID, list[sa.Row]]:
    rows = db.session.execute(
        sa.select(Criterion.item_id, Criterion.position, Criterion.text)
        .where(Criterion.item_id.in_(item_ids))
        .order_by(Criterion.position)
    )
    return _grouped(rows)


def evidence_by_item(item_ids: Collection[UUID]) -> dict[UUID, list[sa.Row]]:
    """Of the round that is being reviewed."""
    rows = db.session.execute(
        sa.select(
            Evidence.item_id,
            Evidence.file_id,
            Evidence.address,
            Evidence.note,
            Criterion.position,
            StoredFile.name.label("file_name"),
            StoredFile.media_type,
        )
        .join(Item, sa.and_(Item.tenant_id == Evidence.tenant_id, Item.id == Evidence.item_id))
        .outerjoin(Criterion, sa.and_(Criterion.tenant_id == Evidence.tenant_id, Criterion.id == Evidence.criterion_id))
        .outerjoin(StoredFile, sa.and_(StoredFile.tenant_id == Evidence.tenant_id, StoredFile.id == Evidence.file_id))
        .where(Evidence.item_id.in_(item_ids), Evidence.round == Item.round, Evidence.removed_at.is_(None))
        .order_by(Evidence.given_at, Evidence.id)
    )
    return _grouped(rows)


def _grouped(rows) -> dict[UUID, list[sa.Row]]:
    found: dict[UUID, list[sa.Row]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found
