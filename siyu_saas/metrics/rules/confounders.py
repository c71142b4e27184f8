"""What else happened in the windows: holidays, the great sales, campaigns, dissolved groups, breaks. Source: domain C3, rule 8.

They are always listed: a change is told as one 「服务期内」, never as one that the service brought.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from .windows import Window

GREAT_SALES = (
    ("618 大促", (5, 24), (6, 20)),
    ("双11 大促", (10, 14), (11, 14)),
    ("双12 大促", (12, 6), (12, 13)),
)
HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "五一",
    "Dragon Boat Festival": "端午",
    "Mid-autumn Festival": "中秋",
    "National Day": "国庆",
}


class Kind(StrEnum):
    CAMPAIGN = "campaign"
    ADVERTISING = "advertising"
    PRICE = "price"
    NEW_PRODUCT = "new_product"
    DISSOLVED = "dissolved"
    OUTAGE = "outage"
    REGIME = "regime"
    HOLIDAY = "holiday"
    SALE = "sale"

    @property
    def title(self) -> str:
        return KIND_TITLES[self]


KIND_TITLES = {
    Kind.CAMPAIGN: "活动",
    Kind.ADVERTISING: "投放",
    Kind.PRICE: "调价",
    Kind.NEW_PRODUCT: "上新",
    Kind.DISSOLVED: "解散老群",
    Kind.OUTAGE: "系统停用",
    Kind.REGIME: "口径或运营方式改变",
    Kind.HOLIDAY: "节假日",
    Kind.SALE: "平台大促",
}
ENTERED = tuple(kind for kind in Kind if kind not in (Kind.HOLIDAY, Kind.SALE))


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that may have moved the numbers from `first` to `last`, both included."""

    kind: Kind
    title: str
    first: date
    last: date

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)


def happenings(window: Window, entered: Iterable[Happening] = ()) -> list[Happening]:
    """Those inside `window`: what was entered, the official holidays and the great sales, by day."""
    known = [*(one for one in entered if one.window.overlaps(window)), *_holidays(window), *_sales(window)]
    return sorted(known, key=lambda one: (one.first, one.last, one.title))


def campaign_days(entered: Iterable[Happening]) -> frozenset[date]:
    """The days of campaigns, for the comparison without them. Source: domain C3, rule 9."""
    return frozenset(day for one in entered if one.kind is Kind.CAMPAIGN for day in one.window.dates())


def other_regime(before: Window, after: Window, entered: Iterable[Happening]) -> Happening | None:
    """The break that makes the first window another regime, or a partial one: its figures do not compare.

    Source: product §1a h. A break on the first window's own first day changes nothing.
    """
    for one in sorted(entered, key=lambda one: one.first):
        if one.kind is Kind.REGIME and before.first < one.first <= after.last:
            return one
    return None


def _holidays(window: Window) -> list[Happening]:
    found: list[Happening] = []
    for day in window.dates():
        name = _holiday(day)
        if name is None:
            continue
        if found and found[-1].title == name and (day - found[-1].last).days == 1:
            found[-1] = Happening(Kind.HOLIDAY, name, found[-1].first, day)
        else:
            found.append(Happening(Kind.HOLIDAY, name, day, day))
    return found


@lru_cache(4096)
def _holiday(day: date) -> str | None:
    """None as well for years that the official calendar does not reach yet."""
    import chinese_calendar  # loaded by the few pages that need it

    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return HOLIDAYS.get(name) if off else None


def _sales(window: Window) -> list[Happening]:
    found = []
    for year in range(window.first.year, window.last.year + 1):
        for title, first, last in GREAT_SALES:
            sale = Happening(Kind.SALE, title, date(year, *first), date(year, *last))
            if sale.window.overlaps(window):
                found.append(sale)
    return found
