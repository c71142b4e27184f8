"""The names that numbers are counted for: 「全部」, a shop, a group."""

from __future__ import annotations

from .fields import ALL

WHOLE = "全部"
LONGEST = 40


def scope_from(typed: str | None) -> str:
    """Nothing typed, or 全部, is the engagement as a whole."""
    name = (typed or "").strip()[:LONGEST]
    return ALL if name in ("", WHOLE, ALL) else name


def scope_title(scope: str) -> str:
    return WHOLE if scope == ALL else scope
