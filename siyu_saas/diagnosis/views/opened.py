"""A sheet that somebody has before them: what is theirs in it, and where each section stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, g, url_for
from flask_login import current_user

from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis, Sheet
from siyu_saas.diagnosis.queries.assignments import shares_of
from siyu_saas.diagnosis.queries.diagnoses import questionnaire_of
from siyu_saas.diagnosis.queries.sheets import sheet_with
from siyu_saas.diagnosis.rules.asking import Standing, sections_for, standing_of, steps_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet with everything around it; `sections` are those that are its person's."""

    sheet: Sheet
    asked: AskedQuestionnaire
    run: Diagnosis
    questionnaire: Any
    sections: list[str]
    reader_id: UUID

    @property
    def steps(self) -> list[Any]:
        return steps_of(self.questionnaire, self.sections, self.sheet.answers)

    @property
    def standing(self) -> Standing:
        return standing_of(self.questionnaire, self.sections, self.sheet.answers, self.run.depth)

    @property
    def by_proxy(self) -> bool:
        return self.sheet.user_id != self.reader_id


def opened_or_404(sheet_id: UUID, *, to_change: bool = False) -> Opened:
    found = sheet_with(g.engagement.id, sheet_id, to_change=to_change)
    if found is None or not may_open(found[0]):
        abort(404)
    row, asked, run = found
    questionnaire = questionnaire_of(asked)
    sections = (
        row.sections
        if row.submitted_at
        else sections_for(questionnaire, shares_of(asked.id), role=row.role, user_id=row.user_id)
    )
    return Opened(row, asked, run, questionnaire, sections, current_user.user_id)


def may_open(row: Sheet) -> bool:
    return row.user_id == current_user.user_id or g.access.may("sheet.proxy")


def step_or_404(opened: Opened, place: int):
    steps = opened.steps
    return steps[place - 1] if 0 < place <= len(steps) else abort(404)


def address_of(opened: Opened, key: str) -> str:
    keys = [step.key for step in opened.steps]
    return url_for(".section", sheet_id=opened.sheet.id, place=keys.index(key) + 1)


def by_key(questions: Iterable[Any]) -> dict[str, Any]:
    return {question.key: question for question in questions}
