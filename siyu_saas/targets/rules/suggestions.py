"""What the product proposes, and how sure it is of it. Source: domain D3."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from siyu_saas.metrics.rules.measures import Better, Unit

from .bands import Benchmark, Strength
from .quantities import to_whole

WIDE_SPAN = Fraction(5, 2)
ACTIONS_FOR_WIDE_SPAN = 3


class Rule(StrEnum):
    BAND_MIDPOINT = "band_midpoint"
    TOWARDS_THE_TOP = "baseline_to_top_midpoint"
    HOLD = "hold_plus_10pct"
    OWN_AVERAGE = "own_average_plus_10pct"
    NONE = "none"

    @property
    def title(self) -> str:
        return RULE_TITLES[self]


RULE_TITLES = {
    Rule.BAND_MIDPOINT: "基准带中点",
    Rule.TOWARDS_THE_TOP: "基线与基准带最好一端的中点",
    Rule.HOLD: "已好于基准带，以保持为主：基线再进 10%",
    Rule.OWN_AVERAGE: "没有基准带：近 28 天均值再进 10%（自定）",
    Rule.NONE: "没有基线也没有基准带，请双方商定，首两周补测基线",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """In steps of the unit; `alternative` is the plain middle of the band, for both sides to choose from."""

    value: int | None
    rule: Rule
    alternative: int | None = None


class Confidence(StrEnum):
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"

    @property
    def title(self) -> str:
        return {Confidence.HIGH: "高", Confidence.MIDDLE: "中", Confidence.LOW: "低"}[self]


def suggest(unit: Unit, better: Better, baseline: int | None, band: Benchmark | None) -> Suggestion:
    """`baseline` is the frozen one, or without a band the mean of the last 28 days. Source: domain D3, rules 1 to 5."""
    if band is None or not band.is_band:
        if baseline is None:
            return Suggestion(None, Rule.NONE)
        return Suggestion(to_whole(unit, _further(baseline, better)), Rule.OWN_AVERAGE)
    middle = to_whole(unit, Fraction(band.low + band.high, 2))
    if baseline is None:
        return Suggestion(middle, Rule.BAND_MIDPOINT, middle)
    best = band.low if better is Better.DOWN else band.high
    ahead = baseline <= best if better is Better.DOWN else baseline >= best
    if ahead:
        return Suggestion(to_whole(unit, _further(baseline, better)), Rule.HOLD, middle)
    halfway = max(Fraction(band.low), min(Fraction(band.high), Fraction(baseline + best, 2)))
    return Suggestion(to_whole(unit, halfway), Rule.TOWARDS_THE_TOP, middle)


def points_of_confidence(
    *, baseline_days: int, baseline_share: Fraction, strength: Strength | None, confirmed: bool, window_days: int
) -> int:
    """One point each: a baseline of 28 valid days and 90 %, an own or seed band, people and means confirmed, a window
    of 28 days. Source: domain D3."""
    return (
        (baseline_days >= 28 and baseline_share >= Fraction(9, 10))
        + (strength in (Strength.OWN, Strength.SEED))
        + confirmed
        + (window_days >= 28)
    )


def confidence(points: int) -> Confidence:
    return Confidence.HIGH if points >= 4 else Confidence.MIDDLE if points >= 2 else Confidence.LOW


def span(better: Better, baseline: int | None, value: int) -> Fraction | None:
    """How many times the baseline is asked for; for what should fall, how many times less."""
    if not baseline or baseline < 0 or value <= 0:
        return None
    return Fraction(baseline, value) if better is Better.DOWN else Fraction(value, baseline)


def _further(baseline: int, better: Better) -> Fraction:
    return baseline * (Fraction(9, 10) if better is Better.DOWN else Fraction(11, 10))
