"""An acceptance standard, taken apart into the criteria that evidence is held against."""

from __future__ import annotations

import re

PARTS = re.compile(r"[,，;；。]")
SHORTEST = 3  # "≤2" alone is no criterion
MOST = 6


def criteria_of(acceptance: str) -> list[str]:
    """Short leftovers stay with the part before them, and so does what stands inside brackets or quotes."""
    found: list[str] = []
    for part in _outside_brackets(acceptance):
        text = part.strip()
        if not text:
            continue
        if len(text) < SHORTEST and found:
            found[-1] = f"{found[-1]}，{text}"
        else:
            found.append(text)
    if len(found) > MOST:
        found = [*found[: MOST - 1], "，".join(found[MOST - 1 :])]
    return found or ["按说明完成"]


def _outside_brackets(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "（(「“":
            depth += 1
        elif char in "）)」”":
            depth = max(depth - 1, 0)
        elif not depth and PARTS.match(char) and not _groups_digits(text, place):
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _groups_digits(text: str, place: int) -> bool:
    """10,000 is one number."""
    return text[place] == "," and text[place - 1 : place].isdecimal() and text[place + 1 : place + 2].isdecimal()
