"""The same questions asked again: what moved, dimension by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    name: str
    before: int | None
    now: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.now is None else self.now - self.before


def compared(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Moved]:
    """Dimensions that were asked both times, then the team; a dimension asked once says nothing about change."""
    earlier = {one["key"]: one["value"] for one in _all(before)}
    return [Moved(one["name"], earlier[one["key"]], one["value"]) for one in _all(now) if one["key"] in earlier]


def _all(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*result["dimensions"], *result["qualities"], *([result["team"]] if result["team"] else [])]
