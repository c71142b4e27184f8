"""Scores of answers: points, dimensions, levels. Source: domain B0; halves are rounded up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .answers import NOT_APPLICABLE, NUMBERS, UNKNOWN, is_unknown

FULL = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored: a question, or a row of a matrix. `points` None: nothing was answered."""

    weight: int
    points: Fraction | None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """`value` None: nothing to go by. `coverage`: the weight that was answered, of all that was asked, in whole percent."""

    value: int | None
    asked: int
    unknown: int
    missing: int
    coverage: int

    def is_thin(self, limit_pct: int) -> bool:
        """信息不足，待补充."""
        return bool(self.asked) and self.unknown * FULL > limit_pct * self.asked


def half_up(value: Fraction | Decimal | int) -> int:
    exact = Fraction(value)
    return int((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def points_of(question, value: Any) -> Fraction | None:
    """Points from 0 to 100; 0 for 不清楚, None for what was not answered or does not apply, and for a matrix as a whole."""
    if value == NOT_APPLICABLE or question.type == "matrix":
        return None
    if is_unknown(question, value):
        return Fraction(0)
    if value is None:
        return None
    if question.type in NUMBERS:
        return _of_band(question, Decimal(value))
    if question.type == "scale":
        return _of_scale(question, value)
    scores = {option.key: option.score or 0 for option in question.options}
    chosen = value if isinstance(value, list) else [value]
    return Fraction(min(sum(scores.get(key, 0) for key in chosen), FULL))


def items_of(question, value: Any) -> list[Item]:
    """What a visible question puts on the scale: nothing without a weight, nor when it does not apply."""
    if not question.weight or value == NOT_APPLICABLE:
        return []
    if question.type == "matrix":
        return [_row_item(question, row, value) for row in question.rows if _of_row(row, value) != NOT_APPLICABLE]
    return [Item(question.weight, points_of(question, value), is_unknown(question, value))]


def score(items: Iterable[Item]) -> Score:
    items = list(items)
    counted = [item for item in items if item.points is not None]
    weight, all_weight = sum(item.weight for item in counted), sum(item.weight for item in items)
    total = sum((item.weight * item.points for item in counted), Fraction(0))
    return Score(
        value=half_up(total / weight) if weight else None,
        asked=len(items),
        unknown=sum(item.unknown for item in items),
        missing=len(items) - len(counted),
        coverage=half_up(Fraction(weight * FULL, all_weight)) if all_weight else 0,
    )


def mean(scores: Iterable[int | None]) -> int | None:
    """总分: the plain mean of the dimensions, for finding one's way only; None while one is not known."""
    values = list(scores)
    return half_up(Fraction(sum(values), len(values))) if values and None not in values else None


def step_of(question, value: Any) -> int | None:
    """Which step (档) of its question an answer is on, for comparing people; None where there are no steps."""
    if value is None or value in (UNKNOWN, NOT_APPLICABLE):
        return None
    if question.type == "single":
        return next((place for place, option in enumerate(question.options) if option.key == value), None)
    if question.type == "scale":
        return int(value)
    if question.type in NUMBERS and question.bands:
        return next((place for place, band in enumerate(question.bands) if _within(band, Decimal(value))), None)
    return None


def _of_band(question, number: Decimal) -> Fraction:
    return Fraction(next((band.score for band in question.bands if _within(band, number)), 0))


def _within(band, number: Decimal) -> bool:
    return band.gte <= number and (band.lt is None or number < band.lt)


def _of_scale(question, value: str) -> Fraction:
    low, high = question.scale
    return Fraction((int(value) - low) * FULL, high - low)


def _of_row(row, value: Mapping[str, str] | str | None) -> str | None:
    return value.get(row.key) if isinstance(value, Mapping) else value


def _row_item(question, row, value: Any) -> Item:
    given = _of_row(row, value)
    if given is None:
        return Item(row.weight, None)
    if given == UNKNOWN:
        return Item(row.weight, Fraction(0), unknown=True)
    return Item(row.weight, _of_scale(question, given))
