"""Rules that turn answers into findings, and what advises how to run things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

SEVERITIES = ("high", "mid", "low")
DERIVED = ("freq", "inter", "J1", "J2", "J3", "mindset", "fit_score", "goal_gap_pct", "scope_gap")
"""Values that the diagnosis works out from answers and that a trigger may name. Source: domain B2, B3."""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """When the trigger holds, the problem is stated and the modules are proposed; worst first, then by key."""

    key: str
    severity: str
    trigger: Mapping[str, Any]
    problem: str
    source_refs: tuple[str, ...]
    proposal: str = ""
    modules: tuple[str, ...] = ()
    basis: str = ""
    card: str | None = None
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One value in a weighted mean: a question's score or another mean."""

    of: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean of scores, rounded to a whole number; `passes` from this value on."""

    key: str
    title: str
    parts: tuple[Part, ...]
    passes: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What a score from `gte` on is called."""

    gte: int
    key: str
    title: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence that is added while its condition holds."""

    when: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Quadrant:
    """How often people buy and how much they talk about it: which kind of goods this is."""

    key: str
    title: str
    frequent: bool
    interactive: bool
    examples: str
    driven_by: str
    ground: str
    hint: str
    source_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Added while the condition holds."""

    when: Mapping[str, Any]
    points: int


@dataclass(frozen=True, slots=True)
class Summand:
    """One part of a candidate's score: the chosen option's score of a question, or the first of `steps` that holds."""

    score_of: str | None = None
    steps: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to run things: the terms add up to at most 100; out while `exclude` holds."""

    key: str
    title: str
    terms: tuple[Summand, ...]
    fits: str
    setup: str
    source_refs: tuple[str, ...]
    exclude: Mapping[str, Any] | None = None
    excluded_because: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate is recommended, with the second one when it is at most `gap` points behind."""

    gap: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Recommenders:
    """Levels of scores, fit, quadrant, operating model and customer relation. Source: domain B0, B2, B4."""

    score_levels: tuple[Level, ...]
    team_levels: tuple[Level, ...]
    unknown_limit_pct: int
    clarify_gap: int
    means: tuple[Mean, ...]
    fit_levels: tuple[Level, ...]
    cautions: tuple[Caution, ...]
    quadrants: tuple[Quadrant, ...]
    operating_model: Choice
    customer_relation: Choice
    source_refs: tuple[str, ...]
