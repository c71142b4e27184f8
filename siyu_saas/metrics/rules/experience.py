"""A firm's own benchmark: what the middle half of its merchants reached, from five merchants on. Source: product C3, J4."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .measures import MEASURES, Measure, Shape, Unit
from .rounding import rounded

LEAST_MERCHANTS = 5
TOLD_IN = {Unit.SHARE: 100, Unit.FEN: Fraction(1, 100)}
"""Whole percents and whole yuan: what is finer could be somebody's own figure."""


def shared_measures() -> list[Measure]:
    """Rates and averages of two counts; totals depend on how large a merchant is."""
    return [one for one in MEASURES.values() if one.shape in (Shape.RATIO, Shape.COHORT) and not one.opening]


def middle_half(figures: Sequence[Fraction], unit: Unit) -> tuple[int, int] | None:
    """The quartiles, in whole percents or yuan; None for fewer than five merchants or when they are all alike."""
    if len(figures) < LEAST_MERCHANTS:
        return None
    ordered = sorted(figures)
    low, high = (int(rounded(_quantile(ordered, share) * TOLD_IN[unit])) for share in (Fraction(1, 4), Fraction(3, 4)))
    return (low, high) if low < high else None


def _quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
