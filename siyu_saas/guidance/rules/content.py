"""The three lines of content, whom it is about, and how much a group bears. Sources: domain F9, F11, F15, README §5 (P8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TOLERANCE_POINTS = 10
MOST_BROADCASTS_A_DAY = 1
FEWEST_SLOTS, MOST_SLOTS = 3, 5


class Line(StrEnum):
    PERSONA = "persona"
    BRAND = "brand"
    MARKETING = "marketing"

    @property
    def title(self) -> str:
        return {"persona": "人设", "brand": "品宣", "marketing": "营销"}[self.value]


class About(StrEnum):
    YOU = "you"
    ME = "me"
    IT = "it"

    @property
    def title(self) -> str:
        return {"you": "你（用户）", "me": "我（IP）", "it": "他（产品）"}[self.value]


class SlotState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    POSTED = "posted"

    @property
    def title(self) -> str:
        return {"draft": "待审", "approved": "已审", "posted": "已发"}[self.value]


ABOUT_SHARES = {About.YOU: 40, About.ME: 30, About.IT: 30}


@dataclass(frozen=True, slots=True)
class Share:
    """`actual` and `wanted` in whole percent; `actual` is None without any slot."""

    title: str
    count: int
    actual: int | None
    wanted: int

    @property
    def off(self) -> bool:
        return self.actual is not None and abs(self.actual - self.wanted) > TOLERANCE_POINTS


def shares(values: Iterable, wanted: dict) -> list[Share]:
    counts = Counter(values)
    total = sum(counts.values())
    return [Share(kind.title, counts[kind], _percent(counts[kind], total), share) for kind, share in wanted.items()]


def _percent(count: int, total: int) -> int | None:
    return (count * 200 + total) // (total * 2) if total else None


@dataclass(frozen=True, slots=True)
class Load:
    """A sentence about days on which a group gets more than it bears."""

    days: tuple[date, ...]
    sentence: str


def overloads(slots: Iterable) -> list[Load]:
    """The same is said once of all its days; slots have `on`, `group_id` and `broadcast`."""
    rows = list(slots)
    return [
        *_over(
            (one for one in rows if one.broadcast),
            MOST_BROADCASTS_A_DAY,
            "同一个群一天 {} 条企业群发，建议不超过 {} 条",
        ),
        *_over(rows, MOST_SLOTS, "同一个群一天 {} 条内容，建议不超过 {} 个时段"),
    ]


def _over(slots: Iterable, most: int, sentence: str) -> list[Load]:
    days: dict[int, set[date]] = {}
    for (day, _group), count in Counter((one.on, one.group_id) for one in slots).items():
        if count > most:
            days.setdefault(count, set()).add(day)
    return [Load(tuple(sorted(some)), sentence.format(count, most)) for count, some in sorted(days.items())]
