"""What is frozen, its digest, and how long the source can still be asked. Source: product F4, domain C1 (P6, P7).

WeCom keeps statistics for 180 days and serves 30 days a query; the current day is complete on the next one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .readings import Daily
from .windows import Window

KEPT_DAYS = 180
QUERY_DAYS = 30
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Horizon:
    """`days_left` until the first day of the window can no longer be fetched; `queries`: how many it takes."""

    last_chance: date
    days_left: int
    queries: int

    @property
    def is_over(self) -> bool:
        return self.days_left < 0

    @property
    def is_near(self) -> bool:
        return 0 <= self.days_left <= SOON_DAYS


def horizon(window: Window, today: date) -> Horizon:
    last_chance = window.first + timedelta(days=KEPT_DAYS)
    return Horizon(last_chance, (last_chance - today).days, -(-window.days // QUERY_DAYS))


def frozen(daily: Daily, fields: Iterable[str], window: Window) -> dict[str, list[int | None]]:
    """Values by day in the order of the window; fields of which nothing is known are left out."""
    found = {field: [daily.get(field, {}).get(day) for day in window.dates()] for field in fields}
    return {field: values for field, values in found.items() if any(value is not None for value in values)}


def digest(window: Window, counts: Mapping[str, list[int | None]]) -> str:
    """SHA-256 of the window and its counts, keys sorted."""
    whole = {"first": window.first.isoformat(), "last": window.last.isoformat(), "counts": counts}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
