"""Percentages that people write must stand in the table with their base. Source: product §1a g, domain C3, rule 10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from .rounding import rounded

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[%％]|百分点|个百分点|个点)")


def unfounded(words: str, told: Iterable[str]) -> list[str]:
    """Percentages in `words` that are nowhere in `told`, neither exactly nor rounded to whole ones."""
    known = {Decimal(number) for text in told for number in _PERCENT.findall(text)}
    known |= {rounded(number, 0) for number in known}
    found = dict.fromkeys(match[0].strip() for match in _PERCENT.finditer(words) if Decimal(match[1]) not in known)
    return list(found)
