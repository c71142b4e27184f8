"""Several people, one answer: whose counts, and what has to be asked again. Source: domain B0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .scoring import step_of

FIRST = "lead"


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's submitted answers; `respondent` is boss, lead, ops, cs or consultant. Later ones come later."""

    name: str
    respondent: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clarification:
    """Answers to one question that lie steps apart: who said what."""

    question: str
    said: tuple[tuple[str, Any], ...]


def one_answer(question, voices: Sequence[Voice]) -> tuple[Any, Voice | None]:
    """The lead's, else that of whom the question is for, else the latest."""
    given = [voice for voice in voices if voice.answers.get(question.key) is not None]
    if not given:
        return None, None
    leads = [voice for voice in given if voice.respondent == FIRST]
    asked = [voice for voice in given if voice.respondent == question.respondent]
    voice = (leads or asked or given)[-1]
    return voice.answers[question.key], voice


def clarifications(questions: Iterable[Any], voices: Sequence[Voice], *, apart: int) -> list[Clarification]:
    """访谈澄清: what people see very differently."""
    found = []
    for question in questions:
        said = tuple((voice.name, voice.answers[question.key]) for voice in voices if question.key in voice.answers)
        steps = [step for _, value in said if (step := step_of(question, value)) is not None]
        if steps and max(steps) - min(steps) >= apart:
            found.append(Clarification(question.key, said))
    return found
