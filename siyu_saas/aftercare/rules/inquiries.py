"""Inquiries (长期答疑): which answers already given resemble a new question, and what is late."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ANSWER_WITHIN_DAYS = 2
SIMILAR_FROM = 0.3
SIMILAR_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Similar:
    likeness: float
    row: Any


def due_day(asked_on: date) -> date:
    return asked_on + timedelta(days=ANSWER_WITHIN_DAYS)


def days_late(due_on: date, today: date, *, answered: bool) -> int:
    return 0 if answered else max((today - due_on).days, 0)


def likeness(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of neighbouring characters, 0 to 1; punctuation and case do not count."""
    pairs, others = _pairs(one), _pairs(other)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0.0


def similar(question: str, answered: Iterable[Any]) -> list[Similar]:
    """Rows with a `question`, the most alike first."""
    found = [Similar(likeness(question, row.question), row) for row in answered]
    return sorted((one for one in found if one.likeness >= SIMILAR_FROM), key=lambda one: -one.likeness)[:SIMILAR_SHOWN]


def _pairs(text: str) -> Counter:
    plain = "".join(one for one in unicodedata.normalize("NFKC", text).lower() if one.isalnum())
    return Counter(plain[place : place + 2] for place in range(len(plain) - 1))
