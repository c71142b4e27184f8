"""A section as the page draws it: what was typed, what is wrong, what is hidden. The firm's editor previews with it too."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .answers import NONE_OF_THESE, NUMBERS, SPECIAL, is_answered
from .asking import Depth, is_required
from .conditions import subjects_of
from .visibility import visible_questions
from .wording import echo, unit_of

ROW_MARK = "."


@dataclass(frozen=True, slots=True)
class Line:
    """One strip of a matrix."""

    name: str
    label: str
    chosen: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """`chosen`: the values whose inputs are checked, or the one text; `condition`: JSON for the browser."""

    question: Any
    number: int
    chosen: Sequence[str]
    lines: Sequence[Line]
    error: str | None
    echo: str | None
    hidden: bool
    proxied: bool
    required: bool
    done: bool
    condition: str | None

    @property
    def text(self) -> str:
        return "" if not self.chosen or self.chosen[0] in SPECIAL else self.chosen[0]

    @property
    def unit(self) -> str:
        return unit_of(self.question)


def shown_section(
    questionnaire: Any,
    section: Any,
    answers: Mapping[str, Any],
    *,
    depth: Depth = Depth.STANDARD,
    typed: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    proxied: Collection[str] = (),
) -> list[Shown]:
    """`typed` is what a form sent and could not be saved: it is shown instead of the answers."""
    visible, errors, number = visible_questions(questionnaire, answers), errors or {}, 0
    shown = []
    for question in section.questions:
        key, hidden = question.key, question.key not in visible
        number += question.type != "note"
        value = answers.get(key)
        lines = [
            Line(
                name,
                row.label,
                _first(typed.get(name) if typed is not None else (value or {}).get(row.key)),
                errors.get(name),
            )
            for row in question.rows
            for name in (f"{key}{ROW_MARK}{row.key}",)
        ]
        shown.append(
            Shown(
                question=question,
                number=number,
                chosen=_chosen(value) if typed is None else [text for text in typed.get(key, ()) if text],
                lines=lines,
                error=errors.get(key),
                echo=echo(question, value) if question.type in NUMBERS and key not in errors else None,
                hidden=hidden,
                proxied=key in proxied,
                required=is_required(questionnaire, question, depth),
                done=is_answered(question, value),
                condition=None if question.show_if is None else json.dumps(question.show_if, ensure_ascii=False),
            )
        )
    return shown


def asked_elsewhere(questionnaire: Any, section: Any, answers: Mapping[str, Any]) -> str:
    """JSON of answers outside this section that its conditions ask for, by question; hidden ones count as none."""
    own = {question.key for question in section.questions}
    asked = {name for question in section.questions for _, name in subjects_of(question.show_if)} - own
    visible = visible_questions(questionnaire, answers)
    given = {key: {"type": visible[key].type, "value": answers.get(key)} for key in asked if key in visible}
    return json.dumps(given, ensure_ascii=False)


def _chosen(value: Any) -> list[str]:
    if value is None or isinstance(value, Mapping):
        return []
    if isinstance(value, list):
        return value or [NONE_OF_THESE]
    return [value]


def _first(value: Sequence[str] | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return value[0] if value else ""
