"""Intervals that say how far chance alone may have carried a change. Source: domain C3, rules 5, 6 and 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class RatioInterval:
    """`ratio` is after ÷ before; `spread` is the over-dispersion φ, 1 where none was found."""

    ratio: float
    low: float
    high: float
    spread: float = 1.0


@dataclass(frozen=True, slots=True)
class DifferenceInterval:
    """Shares of one: after − before."""

    difference: float
    low: float
    high: float


def count_ratio(before: Sequence[int], after: Sequence[int]) -> RatioInterval | None:
    """Daily counts of two windows, over-dispersed Poisson; None where a total is not above zero.

    RR = (X1/n1) ÷ (X0/n0); φ = max(1, Σ(day − mean)² ÷ mean ÷ (n0+n1−2)); CI = RR × exp(±z·√(φ(1/X1 + 1/X0))).
    Source: domain C3, rule 5.
    """
    x0, x1, n0, n1 = sum(before), sum(after), len(before), len(after)
    if x0 <= 0 or x1 <= 0 or n0 + n1 <= 2:
        return None
    rr = (x1 / n1) / (x0 / n0)
    spread = max(1.0, (_chi_square(before) + _chi_square(after)) / (n0 + n1 - 2))
    margin = Z * sqrt(spread * (1 / x0 + 1 / x1))
    return RatioInterval(rr, rr * exp(-margin), rr * exp(margin), spread)


def rate_ratio(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]]) -> RatioInterval | None:
    """Daily (numerator, denominator) of two windows; None where a rate is not above zero or days are too few.

    The same members come again every day, so days, not people, are the sample; money of a day has the denominator 1.
    R = Σa ÷ Σb;
    v = n/(n−1)·Σ(a − R·b)² ÷ (Σb)²; CI = (R1/R0) × exp(±z·√(v1/R1² + v0/R0²)). Source: domain C3, rule 6.
    """
    rate0, rate1 = _rate(before), _rate(after)
    if rate0 is None or rate1 is None or rate0[0] <= 0 or rate1[0] <= 0:
        return None
    (r0, v0), (r1, v1) = rate0, rate1
    margin = Z * sqrt(v1 / r1**2 + v0 / r0**2)
    return RatioInterval(r1 / r0, r1 / r0 * exp(-margin), r1 / r0 * exp(margin))


def wilson(hits: int, people: int) -> tuple[float, float]:
    """The interval of one share of independent people. Source: domain C3, rule 7."""
    share, z2 = hits / people, Z * Z
    middle = share + z2 / (2 * people)
    half = Z * sqrt(share * (1 - share) / people + z2 / (4 * people * people))
    scale = 1 + z2 / people
    return (middle - half) / scale, (middle + half) / scale


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> DifferenceInterval:
    """The difference of two shares of independent people, each (hits, people). Source: domain C3, rule 7."""
    share0, share1 = before[0] / before[1], after[0] / after[1]
    (low0, high0), (low1, high1) = wilson(*before), wilson(*after)
    difference = share1 - share0
    return DifferenceInterval(
        difference,
        difference - sqrt((share1 - low1) ** 2 + (high0 - share0) ** 2),
        difference + sqrt((high1 - share1) ** 2 + (share0 - low0) ** 2),
    )


def _chi_square(days: Sequence[int]) -> float:
    mean = sum(days) / len(days)
    return sum((day - mean) ** 2 for day in days) / mean


def _rate(days: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    n, below = len(days), sum(b for _, b in days)
    if n < 2 or below <= 0:
        return None
    rate = sum(a for a, _ in days) / below
    return rate, n / (n - 1) * sum((a - rate * b) ** 2 for a, b in days) / below**2
