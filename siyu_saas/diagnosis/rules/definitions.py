"""What a pack asks, finds and advises as the plain data that is copied into a diagnosis, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from siyu_saas.packs.reading import shape
from siyu_saas.packs.shapes.findings import FindingRule, Recommenders
from siyu_saas.packs.shapes.questions import Questionnaire


def frozen(entry: Any) -> dict[str, Any]:
    """JSON of a pack's entry; numbers as content writes them."""
    return _plain(asdict(entry))


def thawed(definition: Mapping[str, Any]) -> Questionnaire:
    return shape(Questionnaire, definition)


def thawed_rules(rules: Iterable[Mapping[str, Any]]) -> list[FindingRule]:
    return [shape(FindingRule, rule) for rule in rules]


def thawed_recommenders(recommenders: Mapping[str, Any]) -> Recommenders:
    return shape(Recommenders, recommenders)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(str(value))
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
