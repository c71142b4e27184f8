"""Benchmarks beside a target: whose they are, how strong, and where a value lies among them. Source: product C3, domain C0.

External numbers are shown side by side and never averaged; the firm's own anonymous ones count from five merchants on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from siyu_saas.metrics.rules.measures import Better

OWN_FROM = 5


class Strength(StrEnum):
    OWN = "own"
    SEED = "seed"
    WEAK = "weak"

    @property
    def title(self) -> str:
        return {Strength.OWN: "自家历史", Strength.SEED: "同行实践", Strength.WEAK: "弱基准"}[self]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`low` and `high` in steps of the metric's unit; one of them may be missing. `sample` is known of own numbers only."""

    low: int | None
    high: int | None
    source: str
    year: str = ""
    segment: str = ""
    strength: Strength = Strength.WEAK
    note: str = ""
    sample: int | None = None

    @property
    def is_band(self) -> bool:
        return self.low is not None and self.high is not None and self.low < self.high


class Place(StrEnum):
    BELOW = "below"
    LOWER = "lower"
    UPPER = "upper"
    ABOVE = "above"
    NOWHERE = "nowhere"


def usable(benchmarks: Sequence[Benchmark]) -> list[Benchmark]:
    """Strong ones first; own ones of fewer than five merchants are left out, or a merchant could be recognised."""
    order = list(Strength)
    shown = [one for one in benchmarks if one.sample is None or one.sample >= OWN_FROM]
    return sorted(shown, key=lambda one: order.index(one.strength))


def chosen(benchmarks: Sequence[Benchmark]) -> Benchmark | None:
    """The band that is suggested from: the strongest with both ends."""
    return next((one for one in usable(benchmarks) if one.is_band), None)


def conflicting(benchmarks: Sequence[Benchmark]) -> bool:
    """Whether two bands do not even touch."""
    bands = [one for one in benchmarks if one.is_band]
    return any(a.high < b.low for a in bands for b in bands)


def place_of(value: int, band: Benchmark | None) -> Place:
    if band is None or not band.is_band:
        return Place.NOWHERE
    if value < band.low:
        return Place.BELOW
    if value > band.high:
        return Place.ABOVE
    return Place.LOWER if 2 * value <= band.low + band.high else Place.UPPER


def verdict(place: Place, better: Better) -> str:
    """Where it lies, in words that a screen reader can say."""
    if place is Place.NOWHERE:
        return "没有可用的基准带"
    harder, easier = (Place.ABOVE, Place.BELOW) if better is not Better.DOWN else (Place.BELOW, Place.ABOVE)
    if place is easier:
        return "没到基准带，偏保守，请写明依据"
    if place is harder:
        return "超出基准带，请写明依据"
    ambitious = Place.UPPER if better is not Better.DOWN else Place.LOWER
    return "在基准带内偏难的一半，有挑战" if place is ambitious else "在基准带内偏易的一半，稳妥"


def needs_reason(place: Place) -> bool:
    return place in (Place.BELOW, Place.ABOVE)
