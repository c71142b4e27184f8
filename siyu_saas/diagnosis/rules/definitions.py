"""Questionnaires and rules as the plain data that is copied into a diagnosis, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from .shapes import Band, FindingRule, Option, Question, Questionnaire, Row, Section


def frozen(questionnaire: Questionnaire) -> dict[str, Any]:
    return _plain(asdict(questionnaire))


def frozen_rules(rules: Iterable[FindingRule]) -> list[dict[str, Any]]:
    return [_plain(asdict(rule)) for rule in rules]


def thawed(definition: Mapping[str, Any]) -> Questionnaire:
    sections = tuple(_section(one) for one in definition["sections"])
    return Questionnaire(**{**definition, "sections": sections})


def thawed_rules(rules: Iterable[Mapping[str, Any]]) -> list[FindingRule]:
    return [FindingRule(**{**one, "modules": tuple(one["modules"])}) for one in rules]


def _section(one: Mapping[str, Any]) -> Section:
    return Section(**{**one, "questions": tuple(_question(question) for question in one["questions"])})


PARTS: dict[str, Callable[[Any], Any]] = {
    "options": lambda many: tuple(Option(**one) for one in many),
    "bands": lambda many: tuple(Band(Decimal(one["gte"]), _decimal(one["lt"]), one["score"]) for one in many),
    "rows": lambda many: tuple(Row(**one) for one in many),
    "scale": lambda ends: ends and tuple(ends),
    "ends": lambda words: words and tuple(words),
    "min": lambda digits: _decimal(digits),
    "max": lambda digits: _decimal(digits),
}


def _question(one: Mapping[str, Any]) -> Question:
    return Question(**{name: PARTS[name](value) if name in PARTS else value for name, value in one.items()})


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


def _plain(value: Any) -> Any:
    """Decimals as their digits, so that nothing is lost in JSON."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
