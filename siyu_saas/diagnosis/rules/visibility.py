"""Which questions are asked, given the answers so far. What is hidden counts as not answered, for later conditions too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .answers import known
from .conditions import holds


def visible_questions(questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Key → question, in order. Conditions look backwards only (packs are checked for that), so one pass is enough."""
    shown: dict[str, Any] = {}

    def look(_kind: str, name: str) -> Any:
        question = shown.get(name)
        return None if question is None else known(question, answers.get(name))

    for section in questionnaire.sections:
        if section.show_if is not None and not holds(section.show_if, look):
            continue
        for question in section.questions:
            if question.show_if is None or holds(question.show_if, look):
                shown[question.key] = question
    return shown
