"""Questionnaires: what is asked, of whom, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NUMBERS = ("number", "money", "percent")
CHOICES = ("single", "multi", "ranking")
TYPES = (*CHOICES, "scale", "matrix", *NUMBERS, "text", "long_text", "date", "file", "note")
RESPONDENTS = ("boss", "lead", "ops", "cs", "consultant")
AT_BOTH_ENDS = "qn_quali4"
"""The four qualities: asked at the beginning and at the end of a service period, with evidence and a review (aftercare).
A diagnosis or a firm's own copy that asked them too would ask everybody twice, and which answer counts?"""
SPECIAL_OPTIONS = ("u", "n/a", "-")
"""Answers that every question may get by itself (不清楚, 不适用, 以上都没有); no option may be called so."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; without a score it is only counted."""

    key: str
    label: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What a number is worth: closed below, open above; `lt` None: no end."""

    gte: Decimal
    lt: Decimal | None
    score: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a matrix."""

    key: str
    label: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """`why` we ask, a `sample` answer and `where` to find the number are shown on demand; `na`: may not apply."""

    key: str
    type: str
    text: str
    options: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()
    rows: tuple[Row, ...] = ()
    scale: tuple[int, int] | None = None
    ends: tuple[str, str] | None = None
    unit: str = ""
    min: Decimal | None = None
    max: Decimal | None = None
    respondent: str = ""
    weight: int = 0
    dim: str = ""
    show_if: Mapping[str, Any] | None = None
    required: bool = False
    na: bool = False
    maps_to: str | None = None
    hint: str = ""
    why: str = ""
    sample: str = ""
    where: str = ""
    source_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that one person can answer in one go; shown only while its condition holds."""

    key: str
    title: str
    questions: tuple[Question, ...]
    dim: str = ""
    show_if: Mapping[str, Any] | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """`scored`: each section is a dimension of its own, compared from one diagnosis to the next."""

    key: str
    title: str
    sections: tuple[Section, ...]
    minutes: int = 5
    scored: bool = False
    version: int = 1
    about: str = ""
    source_refs: tuple[str, ...] = ()
    time_sensitive: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)
