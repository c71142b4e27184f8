"""Which days are known, and which are gaps. A day that nobody counted is a gap, never a zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

GAPS_SHOWN = 3


@dataclass(frozen=True)
class Coverage:
    """Of one field from `first` to `last`: `runs` of known days as (offset, length), `gaps` as (first, last)."""

    first: date
    last: date
    known: int
    runs: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[date, date], ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def missing(self) -> int:
        return self.days - self.known

    @property
    def gaps_shown(self) -> tuple[tuple[date, date], ...]:
        return self.gaps[:GAPS_SHOWN]


def coverage(known: Iterable[date], first: date, last: date) -> Coverage:
    days = sorted({day for day in known if first <= day <= last})
    runs: list[list[int]] = []
    for day in days:
        at = (day - first).days
        if runs and runs[-1][0] + runs[-1][1] == at:
            runs[-1][1] += 1
        else:
            runs.append([at, 1])
    return Coverage(first, last, len(days), tuple((at, length) for at, length in runs), tuple(_gaps(days, first, last)))


def _gaps(days: list[date], first: date, last: date):
    one = timedelta(1)
    edges = [first - one, *days, last + one]
    for before, after in pairwise(edges):
        if after - before > one:
            yield before + one, after - one
