"""Figures that were answered once and are never typed again: what later rooms take as baselines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from siyu_saas.diagnosis.rules.answers import NUMBERS, known
from siyu_saas.diagnosis.rules.wording import unit_of

from .diagnoses import asked_in, latest_diagnosis, questionnaires_of
from .sheets import submitted_in


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """`value` in the question's own `unit` (yuan, percent, people); where it was said."""

    metric: str
    value: Decimal
    unit: str
    sheet_id: UUID
    question: str
    said_by: str


def numeric_answers(engagement_id: UUID) -> list[NumericAnswer]:
    """Of the newest diagnosis, the earliest submitted sheet first; questions say by `maps_to` which metric they are."""
    diagnosis = latest_diagnosis(engagement_id)
    if diagnosis is None:
        return []
    questionnaires = questionnaires_of(asked_in(diagnosis.id))
    return [
        NumericAnswer(question.maps_to, value, unit_of(question), sheet.id, question.key, sheet.name)
        for sheet in submitted_in(diagnosis.id)
        for section in questionnaires[sheet.asked_id].sections
        for question in section.questions
        if question.maps_to and question.type in NUMBERS
        if (value := known(question, sheet.answers.get(question.key))) is not None
    ]
