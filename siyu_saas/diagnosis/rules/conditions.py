"""Conditions as data: `all` and `any` of leaves such as `{"q": "CH04", "lt": 10}`; never eval.

A value that is not known makes every leaf false, except `missing`. The browser shows and hides by the same rules
(`static/js/conditions.js`); a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Look = Callable[[str, str], Any]
"""Gives the value of a leaf's subject, ("q", "CH04"); None when it is not known."""

SUBJECTS = ("q", "kpi", "derived")


def _number(value: Any) -> Decimal | None:
    return None if isinstance(value, bool | str | list | tuple) else Decimal(value)


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def compare(value: Any, limit: Any) -> bool:
        ours = _number(value)
        return ours is not None and holds(ours, Decimal(str(limit)))

    return compare


def _equal(value: Any, other: Any) -> bool:
    if isinstance(value, Decimal | int) and isinstance(other, Decimal | int | float) and not isinstance(value, bool):
        return value == Decimal(str(other))
    return value == other


def _counted(holds: Callable[[int, int], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, limit: isinstance(value, list | tuple) and holds(len(value), limit)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": _equal,
    "ne": lambda value, other: not _equal(value, other),
    "in": lambda value, others: any(_equal(value, other) for other in others),
    "lt": _compared(lambda ours, theirs: ours < theirs),
    "lte": _compared(lambda ours, theirs: ours <= theirs),
    "gt": _compared(lambda ours, theirs: ours > theirs),
    "gte": _compared(lambda ours, theirs: ours >= theirs),
    "contains": lambda value, other: isinstance(value, list | tuple) and other in value,
    "contains_any": lambda value, others: isinstance(value, list | tuple) and any(one in value for one in others),
    "count_lt": _counted(lambda count, limit: count < limit),
    "count_gte": _counted(lambda count, limit: count >= limit),
    "answered": lambda _value, wanted: bool(wanted),
}


def holds(condition: Mapping[str, Any], look: Look) -> bool:
    if "all" in condition:
        return all(holds(one, look) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, look) for one in condition["any"])
    return _leaf_holds(condition, look)


def leaves_that_hold(condition: Mapping[str, Any], look: Look) -> list[Mapping[str, Any]]:
    """What made the condition true, in order: the evidence of a finding."""
    parts = condition.get("all") or condition.get("any")
    if parts is None:
        return [condition] if _leaf_holds(condition, look) else []
    return [leaf for part in parts if holds(part, look) for leaf in leaves_that_hold(part, look)]


def subject_of(leaf: Mapping[str, Any]) -> tuple[str, str]:
    return next((kind, leaf[kind]) for kind in SUBJECTS if kind in leaf)


def operation_of(leaf: Mapping[str, Any]) -> tuple[str, Any]:
    return next((name, operand) for name, operand in leaf.items() if name not in SUBJECTS)


def subjects_of(condition: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if condition is None:
        return []
    parts = condition.get("all") or condition.get("any")
    if parts is None:
        return [subject_of(condition)]
    return [subject for part in parts for subject in subjects_of(part)]


def _leaf_holds(leaf: Mapping[str, Any], look: Look) -> bool:
    name, operand = operation_of(leaf)
    value = look(*subject_of(leaf))
    if name == "missing":
        return (value is None) == bool(operand)
    return value is not None and OPERATORS[name](value, operand)
