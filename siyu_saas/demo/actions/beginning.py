"""The first days: the charter signed, the questionnaires answered, the findings nodded at."""

from __future__ import annotations

from datetime import date

from siyu_saas.charter.kind import CHARTER
from siyu_saas.charter.rules import filled
from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import answers_of, moment
from siyu_saas.diagnosis.actions.answering import Item, begin_sheet, receive, submit_sheet
from siyu_saas.diagnosis.actions.judging import confirm, draw_conclusions, publish
from siyu_saas.diagnosis.actions.sending import send_diagnosis
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis
from siyu_saas.diagnosis.queries.diagnoses import asked_in, questionnaire_of
from siyu_saas.diagnosis.rules.asking import Depth, sections_for, sendable, standing_of
from siyu_saas.diagnosis.rules.kpis import measured
from siyu_saas.packs.library import charter_text
from siyu_saas.signing.actions import draft, propose
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.tenants.rules.stages import missing_for_next

from .cast import Cast, Person

DEVICE = "desk"


def sign_charter(cast: Cast, firm_name: str, *, on: date) -> None:
    engagement = cast.engagement
    values = {
        "merchant": cast.merchant.name,
        "firm": firm_name,
        "coordinator": engagement.coordinator,
        "package": PACKAGES[engagement.package][0],
        "starts_on": engagement.starts_on.isoformat(),
        "ends_on": engagement.ends_on.isoformat(),
    }
    by = cast.consultant.actor
    with telling(moment(on, 9)):
        text = filled(charter_text()["sections"], values)
        document = draft(engagement_id=engagement.id, kind=CHARTER.key, title=CHARTER.title, content=text, by=by)
        propose(document, by=by)
    with telling(moment(on, 11)):
        cast.sign(document, cast.boss)
    with telling(moment(on, 14)):
        cast.sign(document, cast.consultant)


def ask(cast: Cast, *, on: date) -> Diagnosis:
    with telling(moment(on, 9)):
        return send_diagnosis(
            cast.engagement,
            cast.pack,
            keys=sendable(cast.pack.questionnaires),
            depth=Depth.STANDARD,
            title="期初诊断",
            by=cast.consultant.actor,
        )


def answer(cast: Cast, diagnosis: Diagnosis, merchant: str, *, on: date, but: int = 0) -> None:
    """Each questionnaire by the lead; the last `but` of them stay open."""
    asked = asked_in(diagnosis.id)
    with telling(moment(on, 15)):
        for one in asked[: len(asked) - but]:
            _answer_one(one, cast.lead, answers_of(merchant), diagnosis.depth)
        draw_conclusions(diagnosis, kpis=measured(cast.engagement.id))


def agree_on_findings(cast: Cast, diagnosis: Diagnosis, *, on: date) -> None:
    with telling(moment(on, 10)):
        publish(diagnosis, by=cast.consultant.actor)
    with telling(moment(on, 16)):
        confirm(diagnosis, by=cast.boss.actor)


def what_is_missing(cast: Cast) -> list:
    return missing_for_next(cast.engagement.stage, Standing(cast.engagement, frozenset(cast.people)))


def _answer_one(asked: AskedQuestionnaire, person: Person, answers: dict[str, tuple[str, ...]], depth: Depth) -> None:
    questionnaire = questionnaire_of(asked)
    questions = {question.key: question for section in questionnaire.sections for question in section.questions}
    sheet = begin_sheet(asked, user_id=person.user_id, name=person.name, role=person.role, by=person.actor)
    known = [key for key in questions if key in answers]
    items = [Item(key, answers[key], seq) for seq, key in enumerate(known, 1)]
    receive(sheet, questions, items, client=DEVICE, before={}, proxy=False, by=person.actor)
    sections = sections_for(questionnaire, (), role=person.role, user_id=person.user_id)
    left = standing_of(questionnaire, sections, sheet.answers, depth).left
    unsure = [Item(key, ("u",), seq) for seq, key in enumerate(left, len(items) + 1)]
    receive(sheet, questions, unsure, client=DEVICE, before={}, proxy=False, by=person.actor)
    left = standing_of(questionnaire, sections, sheet.answers, depth).left
    submit_sheet(sheet, asked, sections=sections, left=left, by=person.actor)
