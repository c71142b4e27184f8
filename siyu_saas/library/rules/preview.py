"""One section of a draft as somebody with a phone will see it; drawn by the same file as the real questionnaire."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from siyu_saas.packs.conditions import leaves, subject_of
from siyu_saas.packs.reading import Misshapen
from siyu_saas.packs.shapes.questions import NUMBERS, Question

from .drafts import Definition, read

UNITS = {"money": "元", "percent": "%"}


@dataclass(frozen=True, slots=True)
class Line:
    """One strip of a matrix."""

    name: str
    label: str
    chosen: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A question without an answer. `condition`: JSON for the browser, where this section alone can tell."""

    question: Question
    number: int
    required: bool
    lines: Sequence[Line]
    condition: str | None
    chosen: Sequence[str] = ()
    error: str | None = None
    echo: str | None = None
    hidden: bool = False
    proxied: bool = False
    text: str = ""

    @property
    def unit(self) -> str:
        return self.question.unit or UNITS.get(self.question.type, "")


def preview(definition: Definition, key: str) -> list[Shown]:
    """The section that holds this question; nothing while the draft's shape is broken."""
    try:
        questionnaire = read(definition)
    except Misshapen:
        return []
    section = next(one for one in questionnaire.sections if key in {question.key for question in one.questions})
    shown: list[Shown] = []
    for question in section.questions:
        own = {one.question.key for one in shown}
        number = sum(one.question.type != "note" for one in shown) + (question.type != "note")
        lines = [Line(f"{question.key}.{row.key}", row.label) for row in question.rows]
        shown.append(Shown(question, number, _is_required(question), lines, _condition(question, own)))
    return shown


def _is_required(question: Question) -> bool:
    return question.required or (question.weight > 0 and question.type not in NUMBERS)


def _condition(question: Question, own: set[str]) -> str | None:
    if question.show_if is None:
        return None
    subjects = {subject_of(leaf) for _place, leaf in leaves(question.show_if)}
    return json.dumps(question.show_if, ensure_ascii=False) if all(key in own for _kind, key in subjects) else None
