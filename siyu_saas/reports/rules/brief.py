"""The weekly brief: what was done, what comes, what is needed from the merchant, days lost per side, targets at their pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

DAYS = 7


@dataclass(frozen=True, slots=True)
class Brief:
    merchant: str
    first: str
    last: str
    done: tuple[str, ...]
    following: tuple[str, ...]
    needed: tuple[str, ...]
    lost: tuple[tuple[str, int], ...]
    targets: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in asdict(self).items()}


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=DAYS - 1)


def text_of(brief: Brief) -> str:
    """As it is pasted into a group: short lines, nothing said that no record says."""
    parts = [f"【{brief.merchant}】{brief.first} 至 {brief.last} 周报"]
    for heading, items in (
        ("本周完成", brief.done),
        ("下周要做", brief.following),
        ("需要你们", brief.needed),
        ("目标进展", [f"{title}：{words}" for title, words in brief.targets]),
        ("本周等待", [f"{side} {days} 个工作日" for side, days in brief.lost if days]),
    ):
        parts += [f"\n{heading}：", *_numbered(items)]
    return "\n".join(parts)


def _numbered(items: Iterable[str] | Sequence[str]) -> list[str]:
    return [f"{place}. {item}" for place, item in enumerate(items, 1)] or ["（无）"]


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
