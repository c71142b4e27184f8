"""How to run it: operating model and kind of customer relation, by the terms of the pack. Source: domain B2.2."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.packs.shapes.findings import Candidate, Choice, Summand

from .conditions import Look, holds
from .fit import Points


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score; `excluded` says why it is out."""

    candidate: Candidate
    score: int
    excluded: str | None

    @property
    def key(self) -> str:
        return self.candidate.key


@dataclass(frozen=True, slots=True)
class Advice:
    """All candidates, best first, excluded ones last; `main` and what goes with it, when anything speaks for one."""

    candidates: tuple[Scored, ...]
    gap: int

    @property
    def main(self) -> Scored | None:
        return next((one for one in self.candidates if one.excluded is None and one.score), None)

    @property
    def second(self) -> Scored | None:
        if self.main is None:
            return None
        others = [one for one in self.candidates if one.excluded is None and one is not self.main]
        return next((one for one in others if one.score and self.main.score - one.score <= self.gap), None)


def advice_of(choice: Choice, points: Points, look: Look) -> Advice:
    scored = [
        Scored(
            one,
            sum(_worth(term, points, look) for term in one.terms),
            one.excluded_because if one.exclude is not None and holds(one.exclude, look) else None,
        )
        for one in choice.candidates
    ]
    return Advice(tuple(sorted(scored, key=lambda one: (one.excluded is not None, -one.score))), choice.gap)


def _worth(term: Summand, points: Points, look: Look) -> int:
    """The chosen option's points, or those of the first step that holds."""
    if term.score_of is not None:
        return int(points.get(term.score_of) or 0)
    return next((step.points for step in term.steps if holds(step.when, look)), 0)
