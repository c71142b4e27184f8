"""The questionnaires of a firm: its own, and what may be sent to a merchant."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.library.models import FirmQuestionnaire, FirmQuestionnaireEdition
from siyu_saas.library.rules.drafts import read
from siyu_saas.library.rules.shelf import pack_called
from siyu_saas.packs.shapes.questions import Questionnaire


def questionnaires_for(firm_id: UUID, pack_key: str) -> Mapping[str, Questionnaire]:
    """By key: the pack's, with the firm's released ones in their places and its further ones behind. One statement."""
    rows = db.session.scalars(
        sa.select(FirmQuestionnaireEdition.content)
        .join(FirmQuestionnaire, FirmQuestionnaire.id == FirmQuestionnaireEdition.questionnaire_id)
        .where(
            FirmQuestionnaire.firm_id == firm_id,
            FirmQuestionnaire.removed_at.is_(None),
            FirmQuestionnaireEdition.edition == FirmQuestionnaire.edition,
        )
        .order_by(FirmQuestionnaire.id)
    )
    return {**pack_called(pack_key).questionnaires, **{content["key"]: read(content) for content in rows}}


def own_questionnaires(firm_id: UUID) -> list[FirmQuestionnaire]:
    return list(
        db.session.scalars(
            sa.select(FirmQuestionnaire)
            .where(FirmQuestionnaire.firm_id == firm_id, FirmQuestionnaire.removed_at.is_(None))
            .order_by(FirmQuestionnaire.changed_at.desc())
        )
    )


def own_questionnaire(firm_id: UUID, questionnaire_id: UUID) -> FirmQuestionnaire | None:
    return db.session.scalar(
        sa.select(FirmQuestionnaire).where(
            FirmQuestionnaire.firm_id == firm_id,
            FirmQuestionnaire.id == questionnaire_id,
            FirmQuestionnaire.removed_at.is_(None),
        )
    )


def keys_in_use(firm_id: UUID) -> set[str]:
    return set(
        db.session.scalars(
            sa.select(FirmQuestionnaire.key).where(
                FirmQuestionnaire.firm_id == firm_id, FirmQuestionnaire.removed_at.is_(None)
            )
        )
    )
