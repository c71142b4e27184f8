"""The shapes of questionnaires and finding rules, as content is written and as it is copied into a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Closed below, open above; `lt` None: no end."""

    gte: Decimal
    lt: Decimal | None
    score: int


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """`why` we ask, a `sample` answer, and `where` to find the number are shown on demand; `na`: may not apply."""

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


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    dim: str = ""
    show_if: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """`scored`: each section is a dimension of its own, compared from one diagnosis to the next."""

    key: str
    title: str
    sections: tuple[Section, ...]
    minutes: int = 5
    scored: bool = False


@dataclass(frozen=True, slots=True)
class FindingRule:
    key: str
    severity: str
    trigger: Mapping[str, Any]
    problem: str
    proposal: str = ""
    modules: tuple[str, ...] = ()
    basis: str = ""
