"""Formulas as data: parsed from text, checked by their units, evaluated without ever taking unknown for zero.

`在群 × 转化率 × 复购率` has the unit of people, so it cannot be called money: every name carries what it counts, and
multiplying and dividing carries that along. Source: product §1a c, domain C0 and C2 (calc_gmv).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .measures import UNIT_TITLES, Unit

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([^\W\d][\w:]*)|([-+*/×÷−()（）]))", re.UNICODE)
_SIGNS = {"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")"}
DEEPEST = 40


class BadFormula(ValueError):
    """`str()` says what is wrong with it, in Chinese."""


@dataclass(frozen=True)
class Dimension:
    """Powers of what is counted: money by people is {FEN: 1, PEOPLE: -1}; nothing left is a pure number."""

    powers: Mapping[Unit, int]

    def times(self, other: Dimension, sign: int = 1) -> Dimension:
        powers = Counter(dict(self.powers))
        for unit, power in other.powers.items():
            powers[unit] += sign * power
        return Dimension({unit: power for unit, power in powers.items() if power})

    @property
    def is_share(self) -> bool:
        """A count of a count, or money of money, as percentages are."""
        money = self.powers.get(Unit.FEN, 0)
        return money == 0 and sum(self.powers.values()) == 0

    @property
    def title(self) -> str:
        top = "·".join(UNIT_TITLES[unit] for unit, power in self.powers.items() for _ in range(power))
        below = "·".join(UNIT_TITLES[unit] for unit, power in self.powers.items() for _ in range(-power))
        return (top or "1") + (f"÷{below}" if below else "") if self.powers else "纯数"


NUMBER = Dimension({})


def of(unit: Unit) -> Dimension:
    return Dimension({unit: 1})


@dataclass(frozen=True)
class Formula:
    """A tree of ("number", Fraction), ("name", str) and (sign, left, right)."""

    tree: tuple

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(_names(self.tree)))

    def dimension(self, known: Mapping[str, Dimension]) -> Dimension:
        """Raises BadFormula for a name that is not known, and where two different things are added."""
        return _dimension(self.tree, known)

    def value(self, values: Mapping[str, Fraction | int | None]) -> Fraction | None:
        """None as soon as one name is unknown, or where something is divided by zero."""
        return _value(self.tree, values)


def parse(text: str) -> Formula:
    """Names, numbers, + − × ÷ and brackets. Raises BadFormula."""
    tokens = _tokens(text)
    tree, at = _sum(tokens, 0, 0)
    if at != len(tokens):
        raise BadFormula(f"公式在「{tokens[at]}」这里读不下去")
    return Formula(tree)


def require(formula: Formula, known: Mapping[str, Dimension], wanted: Dimension, title: str) -> None:
    """Raises BadFormula when the formula does not give what it is said to give."""
    found = formula.dimension(known)
    if found != wanted:
        raise BadFormula(
            f"「{title}」应以{wanted.title}为单位，公式算出来却是{found.title}：单位对不上，公式缺了一项或用错了量"
        )


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadFormula(f"公式里有读不懂的「{text[at:].strip()[:10]}」")
        token = found[1] or found[2] or found[3]
        tokens.append(_SIGNS.get(token, token))
        at = found.end()
    if not tokens:
        raise BadFormula("公式是空的")
    return tokens


def _sum(tokens: list[str], at: int, depth: int) -> tuple[tuple, int]:
    tree, at = _product(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "+-":
        right, after = _product(tokens, at + 1, depth)
        tree, at = (tokens[at], tree, right), after
    return tree, at


def _product(tokens: list[str], at: int, depth: int) -> tuple[tuple, int]:
    tree, at = _atom(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "*/":
        right, after = _atom(tokens, at + 1, depth)
        tree, at = (tokens[at], tree, right), after
    return tree, at


def _atom(tokens: list[str], at: int, depth: int) -> tuple[tuple, int]:
    if at >= len(tokens) or depth > DEEPEST:
        raise BadFormula("公式没有写完" if at >= len(tokens) else "公式的括号太深")
    token = tokens[at]
    if token == "(":
        tree, at = _sum(tokens, at + 1, depth + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise BadFormula("括号没有成对")
        return tree, at + 1
    if token in "+-*/)":
        raise BadFormula(f"公式在「{token}」这里读不下去")
    return (("number", Fraction(token)) if token[0].isdigit() else ("name", token)), at + 1


def _names(tree: tuple):
    if tree[0] == "name":
        yield tree[1]
    elif tree[0] != "number":
        yield from _names(tree[1])
        yield from _names(tree[2])


def _dimension(tree: tuple, known: Mapping[str, Dimension]) -> Dimension:
    if tree[0] == "number":
        return NUMBER
    if tree[0] == "name":
        if tree[1] not in known:
            raise BadFormula(f"公式里的「{tree[1]}」不是已知的量")
        return known[tree[1]]
    left, right = _dimension(tree[1], known), _dimension(tree[2], known)
    if tree[0] in "*/":
        return left.times(right, 1 if tree[0] == "*" else -1)
    if left != right:
        raise BadFormula(f"{left.title}和{right.title}不能相加减")
    return left


def _value(tree: tuple, values: Mapping[str, Any]) -> Fraction | None:
    if tree[0] == "number":
        return tree[1]
    if tree[0] == "name":
        known = values.get(tree[1])
        return None if known is None else Fraction(known)
    left, right = _value(tree[1], values), _value(tree[2], values)
    if left is None or right is None or (tree[0] == "/" and right == 0):
        return None
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[tree[0]](right)
