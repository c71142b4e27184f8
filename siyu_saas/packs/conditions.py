"""Conditions as data: `all` and `any` of leaves such as `{q: CH04, lt: 10}`; their grammar, without evaluating them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SUBJECTS = ("q", "kpi", "derived")
COMPARE = ("lt", "lte", "gt", "gte")
CHOOSE = ("eq", "ne", "in")
SEVERAL = ("contains", "contains_any", "count_lt", "count_gte")
KNOWN = ("missing", "answered")
OPERATORS = (*CHOOSE, *COMPARE, *SEVERAL, *KNOWN)
LISTS = ("in", "contains_any")

Leaf = Mapping[str, Any]
Place = tuple[str | int, ...]


def leaves(condition: Any, place: Place = ()) -> Iterator[tuple[Place, Leaf]]:
    """Every leaf with its place; what is no condition at all comes as it is, for `leaf_flaw` to say so."""
    for joint in ("all", "any"):
        if isinstance(condition, Mapping) and set(condition) == {joint} and isinstance(condition[joint], list):
            for number, part in enumerate(condition[joint]):
                yield from leaves(part, (*place, joint, number))
            return
    yield place, condition


def leaf_flaw(leaf: Any) -> str | None:
    """What is wrong with the form of a leaf, None when it has one subject and one operator that exist."""
    if not isinstance(leaf, Mapping) or not leaf:
        return "a condition is expected: all, any, or one subject with one operator"
    subjects = [name for name in leaf if name in SUBJECTS]
    operators = [name for name in leaf if name in OPERATORS]
    unknown = [name for name in leaf if name not in SUBJECTS and name not in OPERATORS]
    if unknown:
        return f"{unknown[0]!r} is no subject and no operator"
    if len(subjects) != 1 or len(operators) != 1:
        return "one subject and one operator are expected"
    return _operand_flaw(operators[0], leaf[operators[0]])


def subject_of(leaf: Leaf) -> tuple[str, str]:
    return next((kind, leaf[kind]) for kind in SUBJECTS if kind in leaf)


def operation_of(leaf: Leaf) -> tuple[str, Any]:
    return next((name, operand) for name, operand in leaf.items() if name in OPERATORS)


def _operand_flaw(operator: str, operand: Any) -> str | None:
    number = isinstance(operand, int | float) and not isinstance(operand, bool)
    if operator in LISTS and not (isinstance(operand, list) and operand):
        return f"{operator} takes a list"
    if operator in KNOWN and not isinstance(operand, bool):
        return f"{operator} takes true or false"
    if operator in (*COMPARE, "count_lt", "count_gte") and not number:
        return f"{operator} takes a number"
    return None
