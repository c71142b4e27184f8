"""Days that campaigns lean on. Lunar days were checked against a calendar library. Source: domain C2, 节点表."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

GREAT, USUAL = 1, 2

FIXED = (
    (1, 1, "元旦", USUAL),
    (2, 14, "情人节", USUAL),
    (3, 8, "妇女节", USUAL),
    (5, 1, "五一", USUAL),
    (5, 20, "520", USUAL),
    (6, 18, "618", GREAT),
    (10, 1, "国庆", USUAL),
    (11, 11, "双11", GREAT),
    (12, 12, "双12", USUAL),
)
LUNAR = {
    2026: ((2, 17, "春节"), (3, 3, "元宵"), (6, 19, "端午"), (8, 19, "七夕"), (9, 25, "中秋"), (10, 18, "重阳")),
    2027: ((2, 6, "春节"), (2, 20, "元宵"), (6, 9, "端午"), (8, 8, "七夕"), (9, 15, "中秋"), (10, 8, "重阳")),
}


@dataclass(frozen=True, slots=True)
class Festival:
    """`rank` is 1 for the great sales and 2 for the rest."""

    day: date
    name: str
    rank: int


def festivals(first: date, last: date) -> list[Festival]:
    """Those from `first` to `last`; lunar ones are known for 2026 and 2027."""
    found = []
    for year in range(first.year, last.year + 1):
        found += [Festival(date(year, month, day), name, rank) for month, day, name, rank in FIXED]
        found += [Festival(date(year, month, day), name, USUAL) for month, day, name in LUNAR.get(year, ())]
    return sorted((one for one in found if first <= one.day <= last), key=lambda one: one.day)
