"""What people do when a service period ends, and after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.packs.shapes.playbook import Advice
from siyu_saas.papers.links import make_link

from .models import AdvicePick, Feedback, Inquiry, LibraryAnswer, Qualitative, Survey, SurveyAnswer
from .queries import answer_given, inquiry_of_form
from .rules.advice import review_day
from .rules.inquiries import due_day
from .rules.qualitative import Period, without_evidence
from .rules.satisfaction import SurveyKind

SURVEY_PURPOSE = "survey"
SURVEY_DAYS = 30


def fill_qualities(
    row: Qualitative | None,
    *,
    engagement_id: UUID,
    period: Period,
    answers: Mapping[str, int | None],
    evidence: Mapping[str, str],
    facts: Mapping[str, str],
    remaining: Mapping[str, str],
    by: Actor,
) -> Qualitative:
    """Raises NotReady when a high score at the end shows no evidence. What is filled anew is to be reviewed anew."""
    if without_evidence(period, answers, evidence):
        raise NotReady("期末打 3 分以上的题要写明依据。")
    if row is None:
        row = Qualitative(id=new_id(), engagement_id=engagement_id, period=period)
        db.session.add(row)
    row.answers, row.evidence = dict(answers), dict(evidence)
    row.facts, row.remaining = dict(facts), dict(remaining)
    row.filled_by_name, row.filled_at = by.name, now()
    row.reviewed_at, row.reviewed_by_name = None, ""
    audit.record("qualities.filled", row, by=by, label=period.title)
    db.session.flush()
    return row


def review_qualities(row: Qualitative, *, by: Actor) -> None:
    row.reviewed_at, row.reviewed_by_name = now(), by.name
    audit.record("qualities.reviewed", row, by=by, label=row.period.title)
    db.session.flush()


def give_feedback(row: Feedback | None, *, engagement_id: UUID, values: Mapping[str, object], by: Actor) -> Feedback:
    """`values` are the columns of the merchant's words."""
    if row is None:
        row = Feedback(id=new_id(), engagement_id=engagement_id)
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.given_by_name, row.given_at = by.name, now()
    audit.record("feedback.given", row, by=by, label=f"{row.score} 分")
    db.session.flush()
    return row


def promise_improvement(row: Feedback, promise: str, *, by: Actor) -> None:
    row.promise = promise
    audit.record("feedback.promised", row, by=by, label=promise)
    db.session.flush()


def ask_people(kind: SurveyKind, *, engagement_id: UUID, label: str, by: Actor) -> Survey:
    """One question with a link of its own, open for a month."""
    survey_id = new_id()
    link = make_link(
        SURVEY_PURPOSE, engagement_id=engagement_id, subject_id=survey_id, days=SURVEY_DAYS, by_name=by.name
    )
    row = Survey(
        id=survey_id, engagement_id=engagement_id, kind=kind, label=label, link_id=link.id, made_by_name=by.name
    )
    db.session.add(row)
    audit.record("survey.sent", row, by=by, label=label)
    db.session.flush()
    return row


def answer_survey(survey: Survey, *, score: int, words: str, once: str) -> SurveyAnswer:
    """`once` is whose answer it is: of the same form, the same phone, only the first counts."""
    before = answer_given(survey.id, once)
    if before is not None:
        return before
    row = SurveyAnswer(id=new_id(), survey_id=survey.id, score=score, words=words, once=once, at=now())
    db.session.add(row)
    db.session.flush()
    return row


def pick_advice(advice: Advice, *, engagement_id: UUID, on: date, by: Actor) -> AdvicePick:
    row = AdvicePick(
        id=new_id(),
        engagement_id=engagement_id,
        key=advice.key,
        topic=advice.topic,
        action=advice.action,
        why=advice.why,
        effort=advice.effort,
        metric=advice.metric,
        review_on=review_day(on, advice.review_months),
    )
    db.session.add(row)
    audit.record("advice.picked", row, by=by, label=row.action)
    db.session.flush()
    return row


def adapt_advice(row: AdvicePick, *, action: str, why: str, review_on: date, by: Actor) -> None:
    row.action, row.why, row.review_on = action, why, review_on
    audit.record("advice.adapted", row, by=by, label=action)
    db.session.flush()


def drop_advice(row: AdvicePick, *, by: Actor) -> None:
    row.removed_at = now()
    audit.record("advice.dropped", row, by=by, label=row.action)
    db.session.flush()


def ask_question(question: str, *, engagement_id: UUID, on: date, form_key: str, by: Actor) -> Inquiry:
    before = inquiry_of_form(form_key)
    if before is not None:
        return before
    row = Inquiry(
        id=new_id(),
        engagement_id=engagement_id,
        question=question,
        asked_by=by.user_id,
        asked_by_name=by.name,
        due_on=due_day(on),
        form_key=form_key,
    )
    db.session.add(row)
    audit.record("inquiry.asked", row, by=by, label=question)
    db.session.flush()
    return row


def answer_question(row: Inquiry, answer: str, *, in_faq: bool, in_library: bool, firm_id: UUID, by: Actor) -> None:
    """`in_library` keeps question and answer for the firm's other merchants; who asks sees to it that no name stands in."""
    row.answer, row.answered_by_name, row.answered_at, row.in_faq = answer, by.name, now(), in_faq
    row.owner_id, row.owner_name = by.user_id, by.name
    if in_library and row.library_id is None:
        kept = LibraryAnswer(
            id=new_id(), firm_id=firm_id, question=row.question, answer=answer, made_by_name=by.name, made_at=now()
        )
        db.session.add(kept)
        row.library_id = kept.id
    audit.record("inquiry.answered", row, by=by, label=row.question)
    db.session.flush()


def take_question(row: Inquiry, *, by: Actor) -> None:
    row.owner_id, row.owner_name = by.user_id, by.name
    audit.record("inquiry.taken", row, by=by, label=row.question)
    db.session.flush()
