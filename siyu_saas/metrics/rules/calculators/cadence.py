"""How often to hold a campaign: one and a half repurchase intervals, laid onto the calendar. Source: domain C2, calc_cadence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

from .festivals import GREAT, Festival
from .inputs import check_count

LEAST_DAYS, MOST_DAYS = 7, 60
DEFAULT_DAYS = 30
SMALL_SAMPLE = 30


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`gaps` counts the intervals; `clipped`: the rhythm was held within 7 and 60 days; `once`: share of one-time buyers."""

    gaps: int
    mean: Fraction | None
    median: Fraction | None
    days: int
    clipped: bool
    once: Fraction | None

    @property
    def small_sample(self) -> bool:
        return self.gaps < SMALL_SAMPLE


@dataclass(frozen=True, slots=True)
class Campaign:
    day: date
    festival: str | None


def intervals(orders: Mapping[str, Iterable[date]]) -> list[int]:
    """Days between one customer's successive order days; two orders on one day are one day."""
    found = []
    for days in orders.values():
        found += [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    return found


def rhythm(orders: Mapping[str, Iterable[date]]) -> Rhythm:
    """mean = Σ intervals ÷ their number; cadence = clip(⌈1.5·mean⌉, 7, 60); without repurchase the usual 30 days."""
    gaps = sorted(intervals(orders))
    once = Fraction(sum(len(set(days)) == 1 for days in orders.values()), len(orders)) if orders else None
    if not gaps:
        return Rhythm(0, None, None, DEFAULT_DAYS, False, once)
    mean, middle = Fraction(sum(gaps), len(gaps)), len(gaps) // 2
    median = Fraction(gaps[middle]) if len(gaps) % 2 else Fraction(gaps[middle - 1] + gaps[middle], 2)
    days, clipped = cadence_days(mean)
    return Rhythm(len(gaps), mean, median, days, clipped, once)


def cadence_days(mean: Fraction) -> tuple[int, bool]:
    """Days between two campaigns, and whether they were held within 7 and 60."""
    wanted = ceil(mean * Fraction(3, 2))
    held = max(LEAST_DAYS, min(MOST_DAYS, wanted))
    return held, held != wanted


def laid_out(*, start: date, end: date, every: int, festivals: Iterable[Festival]) -> list[Campaign]:
    """A campaign every `every` days, moved onto a festival close by: great ones first, then the nearest.

    A festival counts within ⌊every÷2⌋ days (great) or ⌊every÷3⌋ days of the plan, and ⌈every÷2⌉ days after the last
    campaign; the next one is counted from the day chosen. Source: domain C2, calc_cadence 贴节点.
    """
    check_count("every", every, least=1)
    known, found, planned = list(festivals), [], start
    while planned <= end:
        close = [
            (one.rank, abs((one.day - planned).days), one.day, one.name)
            for one in known
            if start <= one.day <= end
            and abs((one.day - planned).days) <= every // (2 if one.rank == GREAT else 3)
            and (not found or (one.day - found[-1].day).days >= -(-every // 2))
        ]
        _, _, day, name = min(close) if close else (0, 0, planned, None)
        found.append(Campaign(day, name))
        planned = day + timedelta(days=every)
    return found
