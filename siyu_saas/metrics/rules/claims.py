"""Percentages that people write stand in the table, or beside what they are made of. Source: product §1a g, domain C3, rule 10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from .rounding import rounded

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[%％]|百分点|个百分点|个点)")
_CLAUSE = re.compile(r"[，。；;！？\n]")


def unfounded(words: str, told: Iterable[str]) -> list[str]:
    """Percentages in `words` that are nowhere in `told`, neither exactly nor rounded to whole ones; one whose clause
    has its numerator ÷ denominator is founded."""
    known = {Decimal(number) for text in told for number in _PERCENT.findall(text)}
    known |= {rounded(number, 0) for number in known}
    bare = (clause for clause in _CLAUSE.split(words) if "÷" not in clause)
    found = (match for clause in bare for match in _PERCENT.finditer(clause) if Decimal(match[1]) not in known)
    return list(dict.fromkeys(match[0] for match in found))
