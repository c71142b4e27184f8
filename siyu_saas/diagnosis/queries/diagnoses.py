"""Diagnoses and the questionnaires in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis
from siyu_saas.diagnosis.rules.definitions import thawed

KEPT_DEFINITIONS = 64
_known: dict[str, Any] = {}  # by digest: the same text is the same questionnaire, whoever was asked

LATEST = (
    sa.select(Diagnosis)
    .where(Diagnosis.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .order_by(Diagnosis.number.desc())
    .limit(1)
)
STANDING = (
    sa.select(Diagnosis.assessed_at, Diagnosis.published_at, Diagnosis.confirmed_at, Diagnosis.refused)
    .where(Diagnosis.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .order_by(Diagnosis.number.desc())
    .limit(1)
)


def latest_standing(engagement_id: UUID) -> sa.Row | None:
    """How far the newest diagnosis is; asked on every home of a merchant."""
    return db.session.execute(STANDING, {"engagement_id": engagement_id}).one_or_none()


def latest_diagnosis(engagement_id: UUID, *, whole: bool = False) -> Diagnosis | None:
    """`whole`: with the result."""
    chosen = LATEST.options(undefer(Diagnosis.result)) if whole else LATEST
    return db.session.scalar(chosen, {"engagement_id": engagement_id})


def diagnosis_numbered(engagement_id: UUID, number: int) -> Diagnosis | None:
    return db.session.scalar(
        sa.select(Diagnosis)
        .where(Diagnosis.engagement_id == engagement_id, Diagnosis.number == number)
        .options(undefer(Diagnosis.result))
    )


def diagnosis_to_change(diagnosis_id: UUID) -> Diagnosis:
    """As it is now, with result and rules, locked until the end of the transaction."""
    chosen = sa.select(Diagnosis).where(Diagnosis.id == diagnosis_id).with_for_update()
    whole = chosen.options(undefer(Diagnosis.result), undefer(Diagnosis.rules))
    return db.session.scalars(whole.execution_options(populate_existing=True)).one()


def diagnosis_of_form(form_key: str) -> Diagnosis | None:
    return db.session.scalar(sa.select(Diagnosis).where(Diagnosis.form_key == form_key))


def diagnoses_of(engagement_id: UUID) -> list[Diagnosis]:
    """Newest first, without results."""
    chosen = sa.select(Diagnosis).where(Diagnosis.engagement_id == engagement_id)
    return list(db.session.scalars(chosen.order_by(Diagnosis.number.desc())))


def asked_in(diagnosis_id: UUID) -> list[AskedQuestionnaire]:
    return list(
        db.session.scalars(
            sa.select(AskedQuestionnaire)
            .where(AskedQuestionnaire.diagnosis_id == diagnosis_id)
            .order_by(AskedQuestionnaire.place)
        )
    )


def asked_with(engagement_id: UUID, asked_id: UUID) -> tuple[AskedQuestionnaire, Diagnosis] | None:
    found = db.session.execute(
        sa.select(AskedQuestionnaire, Diagnosis)
        .join(Diagnosis, Diagnosis.id == AskedQuestionnaire.diagnosis_id)
        .where(AskedQuestionnaire.id == asked_id, Diagnosis.engagement_id == engagement_id)
    ).one_or_none()
    return found and tuple(found)


def questionnaires_of(asked: list[AskedQuestionnaire]) -> dict[UUID, Any]:
    """Questionnaires by the id of their copy."""
    return questionnaires_by_id({one.id: one.digest for one in asked})


def questionnaire_of(asked: AskedQuestionnaire) -> Any:
    return questionnaires_of([asked])[asked.id]


def questionnaires_by_id(digests: dict[UUID, str]) -> dict[UUID, Any]:
    """By id of the copy, given its digest. Those this process has not met are read in one query."""
    met = {digest: _known[digest] for digest in digests.values() if digest in _known}
    strange = [one for one, digest in digests.items() if digest not in met]
    if strange:
        rows = db.session.execute(
            sa.select(AskedQuestionnaire.digest, AskedQuestionnaire.definition).where(
                AskedQuestionnaire.id.in_(strange)
            )
        )
        met |= {digest: thawed(definition) for digest, definition in rows}
        _remember(met)
    return {one: met[digest] for one, digest in digests.items()}


def _remember(met: dict[str, Any]) -> None:
    if len(_known) > KEPT_DEFINITIONS:
        _known.clear()
    _known.update(met)
