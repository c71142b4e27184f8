"""Reads about closing and the time after, of the merchant in scope."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db

from .models import AdvicePick, Feedback, Inquiry, LibraryAnswer, Qualitative, Survey, SurveyAnswer
from .rules.qualitative import Period

LIBRARY_LOOKED_AT = 500


def qualities(engagement_id: UUID) -> dict[Period, Qualitative]:
    rows = db.session.scalars(sa.select(Qualitative).where(Qualitative.engagement_id == engagement_id))
    return {row.period: row for row in rows}


def feedback_of(engagement_id: UUID) -> Feedback | None:
    return db.session.scalar(sa.select(Feedback).where(Feedback.engagement_id == engagement_id))


def surveys_of(engagement_id: UUID) -> list[Survey]:
    return list(
        db.session.scalars(
            sa.select(Survey).where(Survey.engagement_id == engagement_id).order_by(Survey.made_at, Survey.id).limit(50)
        )
    )


def survey_with(survey_id: UUID) -> Survey | None:
    return db.session.scalar(sa.select(Survey).where(Survey.id == survey_id))


def answers_of(engagement_id: UUID) -> dict[UUID, list[sa.Row]]:
    """(score, words, at) of each survey of a service period, by the survey's id."""
    rows = db.session.execute(
        sa.select(SurveyAnswer.survey_id, SurveyAnswer.score, SurveyAnswer.words, SurveyAnswer.at)
        .join(Survey, Survey.id == SurveyAnswer.survey_id)
        .where(Survey.engagement_id == engagement_id)
        .order_by(SurveyAnswer.at, SurveyAnswer.id)
        .limit(2_000)
    )
    found: dict[UUID, list[sa.Row]] = {}
    for row in rows:
        found.setdefault(row.survey_id, []).append(row)
    return found


def answer_given(survey_id: UUID, once: str) -> SurveyAnswer | None:
    return db.session.scalar(
        sa.select(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.once == once)
    )


def picks_of(engagement_id: UUID) -> list[AdvicePick]:
    return list(
        db.session.scalars(
            sa.select(AdvicePick)
            .where(AdvicePick.engagement_id == engagement_id, AdvicePick.removed_at.is_(None))
            .order_by(AdvicePick.topic, AdvicePick.key)
        )
    )


def pick_with(advice_id: UUID) -> AdvicePick | None:
    return db.session.scalar(sa.select(AdvicePick).where(AdvicePick.id == advice_id, AdvicePick.removed_at.is_(None)))


def inquiries_page(engagement_id: UUID, *, faq: bool, limit: int, offset: int) -> list[sa.Row]:
    """Open ones first, then by the day they are due."""
    chosen = sa.select(
        Inquiry.id,
        Inquiry.question,
        Inquiry.answer,
        Inquiry.asked_by_name,
        Inquiry.asked_at,
        Inquiry.owner_name,
        Inquiry.due_on,
        Inquiry.answered_at,
        Inquiry.in_faq,
    ).where(Inquiry.engagement_id == engagement_id)
    if faq:
        chosen = chosen.where(Inquiry.in_faq)
    order = (Inquiry.answered_at.is_not(None), Inquiry.due_on, Inquiry.asked_at.desc(), Inquiry.id)
    return db.session.execute(chosen.order_by(*order).limit(limit).offset(offset)).all()


def inquiry_with(inquiry_id: UUID) -> Inquiry | None:
    return db.session.scalar(sa.select(Inquiry).where(Inquiry.id == inquiry_id))


def inquiry_of_form(form_key: str) -> Inquiry | None:
    return db.session.scalar(sa.select(Inquiry).where(Inquiry.form_key == form_key))


def answered_questions(firm_id: UUID, *, but: UUID) -> list[sa.Row]:
    """(question, answer) of the merchant's own answers and of the firm's library, newest first."""
    own = (
        sa.select(Inquiry.question, Inquiry.answer)
        .where(Inquiry.answered_at.is_not(None), Inquiry.id != but)
        .order_by(Inquiry.answered_at.desc())
        .limit(LIBRARY_LOOKED_AT)
    )
    shared = (
        sa.select(LibraryAnswer.question, LibraryAnswer.answer)
        .where(LibraryAnswer.firm_id == firm_id)
        .order_by(LibraryAnswer.made_at.desc())
        .limit(LIBRARY_LOOKED_AT)
    )
    return [*db.session.execute(own), *db.session.execute(shared)]
