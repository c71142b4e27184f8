"""Who answers for what (RACI): each matter has exactly one who is accountable. Source: domain E4."""

from __future__ import annotations

from collections.abc import Mapping

from .team import ROLE_TITLES, role_title

LETTERS = ("R", "A", "RA", "C", "I")
LETTER_TITLES = {"R": "执行", "A": "负责", "RA": "执行并负责", "C": "商量", "I": "知会"}
ACCOUNTABLE = ("A", "RA")


def duty_flaw(letters: Mapping[str, str]) -> str:
    """A sentence for what cannot be, or nothing."""
    answering = [role_title(role) for role, letter in letters.items() if letter in ACCOUNTABLE]
    if len(answering) == 1:
        return ""
    if not answering:
        return "要有一个角色负责（A 或 RA）。"
    return f"只能有一个角色负责，现在有 {len(answering)} 个：{'、'.join(answering)}。"


def letters_told(letters: Mapping[str, str]) -> str:
    """Those who do it first, those who only hear of it last."""
    order = list(ROLE_TITLES)
    placed = sorted(letters, key=lambda role: order.index(role) if role in order else len(order))
    parts = []
    for letter in ("RA", "A", "R", "C", "I"):
        roles = [role_title(role) for role in placed if letters[role] == letter]
        if roles:
            parts.append(f"{LETTER_TITLES[letter]}：{'、'.join(roles)}")
    return "；".join(parts)
