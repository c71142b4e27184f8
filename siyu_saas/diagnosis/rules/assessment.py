"""Everything that follows from the submitted answers of one diagnosis, in one place: scores, findings, advice, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from siyu_saas.packs.shapes.findings import Recommenders

from .advice import Advice, advice_of
from .answers import is_unknown, known
from .conditions import Look
from .contradictions import Contradiction, contradictions
from .derived import goal_gap_pct, scope_gap
from .findings import Fired, fired
from .fit import Fit, fit_of
from .respondents import Clarification, Voice, clarifications, one_answer
from .scoring import Score, items_of, mean, points_of, score
from .team import Seat, seats_filled
from .visibility import visible_questions

FIVE = {"ren": "人", "huo": "货", "chang": "场", "zi": "资", "zhi": "制"}
TEAM = "team"
CONSENTS = ("STR12", "STR13")
REFUSED = "n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire with what people said in it; `sections` are the keys that somebody has submitted."""

    questionnaire: Any
    voices: Sequence[Voice] = ()
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assessment:
    """`dimensions`: scores by key, the five of 人货场资制 and whatever else has weights; `answers`: those that count."""

    answers: Mapping[str, Any]
    dimensions: Mapping[str, Score]
    overall: int | None
    fit: Fit
    model: Advice
    relation: Advice
    derived: Mapping[str, Any]
    findings: Sequence[Fired]
    unknown: Sequence[str]
    doubts: Sequence[Contradiction]
    clarifications: Sequence[Clarification]
    consents: bool


def assess(
    asked: Iterable[Asked],
    rules: Iterable[Any],
    recommenders: Recommenders,
    *,
    kpis: Mapping[str, Decimal] | None = None,
    seats: Sequence[Seat] = (),
) -> Assessment:
    """The order of questionnaires, answers and rules does not matter."""
    asked = list(asked)
    shown: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for one in asked:
        given = {question.key: one_answer(question, one.voices)[0] for question in _questions(one)}
        visible = {key: q for key, q in visible_questions(one.questionnaire, given).items() if key in given}
        shown |= visible
        answers |= {key: given[key] for key in visible}

    def know(key: str) -> Any:
        question = shown.get(key)
        return None if question is None else known(question, answers[key])

    points = {key: points_of(question, answers[key]) for key, question in shown.items() if question.weight}
    answers_only = _look(know, {}, {})
    fit = fit_of(recommenders, points, answers_only)
    dimensions = {
        dimension: score(item for question in questions for item in items_of(question, answers[question.key]))
        for dimension, questions in _by_dimension(shown.values()).items()
    }

    derived = _derived(know, fit)

    return Assessment(
        answers=answers,
        dimensions=dimensions,
        overall=mean(dimensions[key].value if key in dimensions else None for key in FIVE),
        fit=fit,
        model=advice_of(recommenders.operating_model, points, answers_only),
        relation=advice_of(recommenders.customer_relation, points, answers_only),
        derived=derived,
        findings=fired(rules, _look(know, kpis or {}, derived)),
        unknown=[key for key, question in shown.items() if is_unknown(question, answers[key])],
        doubts=contradictions(know, _texts(shown, answers), seats=seats_filled(seats) if seats else None),
        clarifications=[
            one
            for given in asked
            for one in clarifications(_questions(given), given.voices, apart=recommenders.clarify_gap)
        ],
        consents=all(answers.get(key) != REFUSED for key in CONSENTS),
    )


def _questions(asked: Asked) -> list[Any]:
    return [
        question
        for section in asked.questionnaire.sections
        if section.key in asked.sections
        for question in section.questions
    ]


def _by_dimension(questions: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for question in questions:
        if question.weight and question.dim:
            grouped.setdefault(question.dim, []).append(question)
    return grouped


def _derived(know, fit: Fit) -> dict[str, Any]:
    return {"goal_gap_pct": goal_gap_pct(know), "scope_gap": scope_gap(know), **fit.means}


def _look(know, kpis: Mapping[str, Decimal], derived: Mapping[str, Any]) -> Look:
    sources = {"q": know, "kpi": kpis.get, "derived": derived.get}
    return lambda kind, name: sources[kind](name)


def _texts(shown: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: answers[key] for key, question in shown.items() if question.type in ("text", "long_text") and answers[key]
    }
