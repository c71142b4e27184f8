"""Sheets, and what devices sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis, Received, Sheet

FOUND = (
    sa.select(Sheet, AskedQuestionnaire, Diagnosis)
    .join(AskedQuestionnaire, AskedQuestionnaire.id == Sheet.asked_id)
    .join(Diagnosis, Diagnosis.id == AskedQuestionnaire.diagnosis_id)
    .where(
        Sheet.id == sa.bindparam("sheet_id", type_=sa.Uuid()),
        Diagnosis.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()),
    )
)
TO_SAVE = (
    sa.select(Sheet, AskedQuestionnaire.id, AskedQuestionnaire.digest, Received)
    .join(AskedQuestionnaire, AskedQuestionnaire.id == Sheet.asked_id)
    .outerjoin(
        Received,
        sa.and_(
            Received.sheet_id == Sheet.id,
            Received.client == sa.bindparam("client"),
            Received.question.in_(sa.bindparam("questions", expanding=True)),
        ),
    )
    .where(Sheet.id == sa.bindparam("sheet_id", type_=sa.Uuid()))
    .options(load_only(Sheet.user_id, Sheet.answers, Sheet.proxied, Sheet.submitted_at))
    .with_for_update(of=Sheet)
    .execution_options(populate_existing=True)
)
FOUND_TO_CHANGE = FOUND.with_for_update(of=Sheet).execution_options(populate_existing=True)
FROM_DEVICE = sa.select(Received).where(
    Received.sheet_id == sa.bindparam("sheet_id", type_=sa.Uuid()),
    Received.client == sa.bindparam("client"),
    Received.question.in_(sa.bindparam("questions", expanding=True)),
)


def sheet_with(
    engagement_id: UUID, sheet_id: UUID, *, to_change: bool = False
) -> tuple[Sheet, AskedQuestionnaire, Diagnosis] | None:
    """`to_change`: as it is now, locked until the end of the transaction: two devices never overwrite each other unseen."""
    chosen = FOUND_TO_CHANGE if to_change else FOUND
    found = db.session.execute(chosen, {"engagement_id": engagement_id, "sheet_id": sheet_id}).one_or_none()
    return found and tuple(found)


@dataclass(frozen=True, slots=True)
class Saving:
    """A sheet, locked, with as little around it as saving one answer needs; `before`: what the device sent for the same names."""

    sheet: Sheet
    asked_id: UUID
    digest: str
    before: dict[str, Received]


def sheet_to_save(sheet_id: UUID, client: str, names: Sequence[str]) -> Saving | None:
    rows = db.session.execute(TO_SAVE, {"sheet_id": sheet_id, "client": client, "questions": list(names)}).all()
    if not rows:
        return None
    sheet, asked_id, digest, _received = rows[0]
    return Saving(sheet, asked_id, digest, {row.question: row for *_others, row in rows if row is not None})


def newest_sheet_of(asked_id: UUID, user_id: UUID) -> Sheet | None:
    return db.session.scalar(
        sa.select(Sheet)
        .where(Sheet.asked_id == asked_id, Sheet.user_id == user_id)
        .order_by(Sheet.edition.desc())
        .limit(1)
    )


def sheets_in(diagnosis_id: UUID) -> list[Sheet]:
    """The current edition of everybody, in the order they began."""
    return list(
        db.session.scalars(
            sa.select(Sheet)
            .join(AskedQuestionnaire, AskedQuestionnaire.id == Sheet.asked_id)
            .where(AskedQuestionnaire.diagnosis_id == diagnosis_id, Sheet.replaced_at.is_(None))
            .order_by(Sheet.begun_at, Sheet.id)
        )
    )


def submitted_in(diagnosis_id: UUID) -> list[Sheet]:
    """The newest submitted edition of everybody, the earliest submitted first. A reopened one counts until the next."""
    later = sa.orm.aliased(Sheet)
    superseded = sa.exists().where(
        later.asked_id == Sheet.asked_id,
        later.user_id == Sheet.user_id,
        later.edition > Sheet.edition,
        later.submitted_at.is_not(None),
    )
    return list(
        db.session.scalars(
            sa.select(Sheet)
            .join(AskedQuestionnaire, AskedQuestionnaire.id == Sheet.asked_id)
            .where(
                AskedQuestionnaire.diagnosis_id == diagnosis_id,
                Sheet.submitted_at.is_not(None),
                sa.or_(Sheet.user_id.is_(None), ~superseded),
            )
            .order_by(Sheet.submitted_at, Sheet.id)
        )
    )


def received_from(sheet_id: UUID, client: str, questions: Sequence[str]) -> dict[str, Received]:
    """What the device sent before for these questions."""
    rows = db.session.scalars(FROM_DEVICE, {"sheet_id": sheet_id, "client": client, "questions": list(questions)})
    return {row.question: row for row in rows}


def other_values(sheet_id: UUID, questions: Sequence[str]) -> list[sa.Row]:
    """Rows (question, value, who, by proxy, when) of what was sent, for questions that more than one device answered."""
    several = (
        sa.select(Received.question)
        .where(Received.sheet_id == sheet_id)
        .group_by(Received.question)
        .having(sa.func.count() > 1)
    )
    return db.session.execute(
        sa.select(Received.question, Received.value, Received.by_name, Received.by_proxy, Received.at)
        .where(Received.sheet_id == sheet_id, Received.question.in_(several), Received.question.in_(questions))
        .order_by(Received.question, Received.at.desc())
    ).all()
