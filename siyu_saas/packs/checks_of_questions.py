"""What a questionnaire must keep: keys once, conditions that look back only, scores and units that agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .conditions import leaf_flaw, leaves, operation_of, subject_of
from .reading import Place
from .shapes.questions import CHOICES, NUMBERS, RESPONDENTS, SPECIAL_OPTIONS, TYPES, Question, Questionnaire

Flaw = tuple[Place, str]
FIXED_UNITS = {"money": "元", "percent": "%"}


def questionnaire_flaws(questionnaire: Questionnaire, metrics: Mapping[str, Any]) -> Iterator[Flaw]:
    before: dict[str, Question] = {}
    later = {question.key for question in questionnaire.questions}
    sections: set[str] = set()
    if questionnaire.version < 1:
        yield ("version",), "must be a whole number from 1"
    for number, section in enumerate(questionnaire.sections):
        at: Place = ("sections", number)
        if section.key in sections:
            yield (*at, "key"), "is there twice"
        sections.add(section.key)
        if not section.questions:
            yield (*at, "questions"), "at least one question is expected"
        yield from _condition(section.show_if, before, later, (*at, "show_if"))
        for place, question in enumerate(section.questions):
            here: Place = (*at, "questions", place)
            if question.key in before:
                yield (*here, "key"), "is there twice"
            yield from _condition(question.show_if, before, later, (*here, "show_if"))
            for where, reason in question_flaws(question, metrics):
                yield (*here, *where), reason
            before[question.key] = question


def question_flaws(question: Question, metrics: Mapping[str, Any]) -> Iterator[Flaw]:
    """Of one question by itself."""
    if question.type not in TYPES:
        yield ("type",), f"{question.type!r} is not one of {', '.join(TYPES)}"
        return
    if question.respondent and question.respondent not in RESPONDENTS:
        yield ("respondent",), f"{question.respondent!r} is not one of {', '.join(RESPONDENTS)}"
    if question.weight < 0:
        yield ("weight",), "must not be below 0"
    yield from _options(question)
    yield from _bands(question)
    yield from _scale(question)
    yield from _score(question)
    yield from _unit(question, metrics)
    if question.min is not None and question.max is not None and question.min > question.max:
        yield ("min",), "is above max"


def _condition(
    condition: Any, before: Mapping[str, Question], all_keys: set[str], place: Place
) -> Iterator[tuple[Place, str]]:
    if condition is None:
        return
    for where, leaf in leaves(condition, place):
        if reason := leaf_flaw(leaf) or _looks_back(leaf, before, all_keys):
            yield where, reason


def _looks_back(leaf: Mapping[str, Any], before: Mapping[str, Question], all_keys: set[str]) -> str | None:
    kind, key = subject_of(leaf)
    if kind != "q":
        return "a question is shown by answers only (q)"
    if key in before:
        return answer_flaw(before[key], leaf)
    return f"{key} comes later; conditions look back only" if key in all_keys else f"there is no question {key!r}"


def answer_flaw(question: Question, leaf: Mapping[str, Any]) -> str | None:
    """The operator has to fit the type of question, and what it compares with has to be one of its options."""
    operator, operand = operation_of(leaf)
    if operator in ("missing", "answered"):
        return None
    several = question.type in ("multi", "ranking", "file")
    if several != (operator in ("contains", "contains_any", "count_lt", "count_gte")):
        return f"{operator} does not fit {question.key}, which is {question.type}"
    if operator in ("lt", "lte", "gt", "gte") and question.type not in (*NUMBERS, "scale"):
        return f"{operator} does not fit {question.key}, which is {question.type}"
    if question.options and operator not in ("count_lt", "count_gte"):
        keys = {option.key for option in question.options} | set(SPECIAL_OPTIONS)
        for one in operand if isinstance(operand, list) else [operand]:
            if one not in keys:
                return f"{question.key} has no option {one!r}"
    return None


def _options(question: Question) -> Iterator[Flaw]:
    if question.type in CHOICES and len(question.options) < 2:
        yield ("options",), "at least two options are expected"
    if question.options and question.type not in CHOICES:
        yield ("options",), f"{question.type} has no options"
    seen: set[str] = set()
    for number, option in enumerate(question.options):
        if option.key in seen:
            yield ("options", number, "key"), "is there twice"
        if option.key in SPECIAL_OPTIONS:
            yield ("options", number, "key"), f"{option.key!r} is added to every question by itself"
        if option.score is not None and not 0 <= option.score <= 100:
            yield ("options", number, "score"), "must lie between 0 and 100"
        seen.add(option.key)


def _bands(question: Question) -> Iterator[Flaw]:
    if question.bands and question.type not in NUMBERS:
        yield ("bands",), f"{question.type} has no bands"
    for number, band in enumerate(question.bands):
        last = number == len(question.bands) - 1
        if (band.lt is None) != last:
            yield ("bands", number, "lt"), "only the last band is open above"
        elif not last and question.bands[number + 1].gte != band.lt:
            yield ("bands", number + 1, "gte"), "must begin where the band before ends"
        elif band.lt is not None and band.lt <= band.gte:
            yield ("bands", number, "lt"), "must be above gte"
        if not 0 <= band.score <= 100:
            yield ("bands", number, "score"), "must lie between 0 and 100"


def _scale(question: Question) -> Iterator[Flaw]:
    needs = question.type in ("scale", "matrix")
    if needs != (question.scale is not None):
        yield ("scale",), "is expected" if needs else f"{question.type} has no scale"
    elif question.scale and not question.scale[0] < question.scale[1] <= question.scale[0] + 10:
        yield ("scale",), "must go up, by at most ten steps"
    if (question.type == "matrix") != bool(question.rows):
        yield ("rows",), "are expected" if question.type == "matrix" else f"{question.type} has no rows"


def _score(question: Question) -> Iterator[Flaw]:
    if not question.weight or question.type in ("scale", "matrix"):
        return
    scores = [option.score for option in question.options] or [band.score for band in question.bands]
    if not scores or None in scores:
        yield ("weight",), "what counts needs a score for every option or band"


def _unit(question: Question, metrics: Mapping[str, Any]) -> Iterator[Flaw]:
    unit = question.unit or FIXED_UNITS.get(question.type, "")
    if question.unit and question.type not in NUMBERS:
        yield ("unit",), f"{question.type} has no unit"
    elif question.unit and unit != FIXED_UNITS.get(question.type, unit):
        yield ("unit",), f"{question.type} is counted in {FIXED_UNITS[question.type]}"
    if question.maps_to is None:
        return
    metric = metrics.get(question.maps_to)
    if metric is None:
        yield ("maps_to",), f"there is no {question.maps_to!r} among the metrics"
    elif question.type not in NUMBERS:
        yield ("maps_to",), "only a number can become a metric"
    elif unit != metric.unit:
        yield ("unit",), f"{unit or 'no unit'} does not fit {metric.key}, which is counted in {metric.unit}"
