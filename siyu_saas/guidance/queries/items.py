"""One item with its criteria, its evidence and its reviews."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Checklist, Criterion, Evidence, Item, Review
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.tenants.models import StoredFile

PRESSING = (
    sa.select(
        Item.id,
        Item.title,
        Item.side,
        Item.state,
        Item.due_on,
        Item.submitted_at,
        Item.submitted_by_name,
        Item.reason,
    )
    .join(Checklist, Checklist.id == Item.checklist_id)
    .where(
        Item.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()),
        Item.state.not_in((ItemState.ACCEPTED, ItemState.NOT_APPLICABLE)),
        sa.or_(Item.due_on <= sa.bindparam("until"), Item.state.in_((ItemState.SUBMITTED, ItemState.RETURNED))),
        Checklist.removed_at.is_(None),
    )
    .order_by(Item.due_on, Item.id)
    .limit(sa.bindparam("limit"))
)


def pressing_items(engagement_id: UUID, *, until: date, limit: int) -> list[sa.Row]:
    """What is not settled and due by a day, handed in or returned; the earliest first."""
    given = {"engagement_id": engagement_id, "until": until, "limit": limit}
    return db.session.execute(PRESSING, given).all()


def item_with(item_id: UUID, engagement_id: UUID) -> Item | None:
    return db.session.scalar(sa.select(Item).where(Item.id == item_id, Item.engagement_id == engagement_id))


def item_to_change(item_id: UUID, engagement_id: UUID) -> Item | None:
    """Locked until the end of the transaction: of two reviewers one is first, and the other is told."""
    chosen = sa.select(Item).where(Item.id == item_id, Item.engagement_id == engagement_id).with_for_update()
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def checklist_title(checklist_id: UUID) -> sa.Row:
    return db.session.execute(sa.select(Checklist.title, Checklist.key).where(Checklist.id == checklist_id)).one()


def criteria_of_item(item_id: UUID) -> list[Criterion]:
    return list(
        db.session.scalars(sa.select(Criterion).where(Criterion.item_id == item_id).order_by(Criterion.position))
    )


def evidence_of(item_id: UUID) -> list[sa.Row]:
    """Rows of all rounds with the names of their files, the first given first."""
    return list(
        db.session.execute(
            sa.select(
                Evidence.id,
                Evidence.criterion_id,
                Evidence.round,
                Evidence.file_id,
                Evidence.address,
                Evidence.note,
                Evidence.given_by,
                Evidence.given_by_name,
                Evidence.given_at,
                StoredFile.name.label("file_name"),
                StoredFile.media_type,
            )
            .outerjoin(StoredFile, StoredFile.id == Evidence.file_id)
            .where(Evidence.item_id == item_id, Evidence.removed_at.is_(None))
            .order_by(Evidence.given_at, Evidence.id)
        )
    )


def evidence_with(evidence_id: UUID, item_id: UUID) -> Evidence | None:
    return db.session.scalar(
        sa.select(Evidence).where(
            Evidence.id == evidence_id, Evidence.item_id == item_id, Evidence.removed_at.is_(None)
        )
    )


def evidence_count(item_id: UUID, round_number: int) -> int:
    return db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Evidence)
        .where(Evidence.item_id == item_id, Evidence.round == round_number, Evidence.removed_at.is_(None))
    )


def given_with(form_key: str) -> bool:
    """Whether this form has given evidence before."""
    return db.session.scalar(sa.select(Evidence.id).where(Evidence.form_key == f"{form_key}-0")) is not None


def reviews_of(item_id: UUID) -> list[Review]:
    return list(db.session.scalars(sa.select(Review).where(Review.item_id == item_id).order_by(Review.round)))


def submitted_items(checklist_id: UUID) -> list[Item]:
    """Locked, like a single one that is reviewed."""
    chosen = sa.select(Item).where(Item.checklist_id == checklist_id, Item.state == ItemState.SUBMITTED)
    return list(db.session.scalars(chosen.order_by(Item.position).with_for_update()))
