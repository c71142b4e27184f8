"""Figures made of several answers, which rules may ask for. Source: domain B3."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

DAYS_A_MONTH = 30
WIDER_GOALS = {"ltv", "profit", "category"}
WIDEST_PACKAGE = "pkg_userops"


def goal_gap_pct(known: Callable[[str], Any]) -> Decimal | None:
    """|日均目标 × 30 − 月目标| ÷ 月目标 × 100; None when either is not known."""
    daily, monthly = known("STR03"), known("STR04")
    if daily is None or not monthly:
        return None
    return abs(daily * DAYS_A_MONTH - monthly) * 100 / monthly


def scope_gap(known: Callable[[str], Any]) -> bool | None:
    """Whether the strategy asks for more than the package holds; None when nothing was said about either."""
    threshold, goals, package = known("STR06"), known("STR02"), known("STR10")
    if package is None or (threshold is None and goals is None):
        return None
    wants_more = (threshold or 0) > 0 or bool(WIDER_GOALS & set(goals or ()))
    return wants_more and not package.startswith(WIDEST_PACKAGE)


def super_user_volumes(known: Callable[[str], Any]) -> tuple[Decimal, Decimal] | None:
    """门槛法 and 目标法, in yuan a year: two readings of the same goal, to be shown and never promised."""
    threshold, people, spending = known("STR06"), known("STR07"), known("STR08")
    if None in (threshold, people, spending):
        return None
    return threshold * people, people * spending
