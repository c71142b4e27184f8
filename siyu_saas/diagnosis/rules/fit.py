"""Should this merchant do 私域 now: frequency × interaction, three standards, one score. Source: domain B2.1.

What is averaged, which thresholds hold and what a quadrant is called stands in the pack (`recommenders`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.packs.shapes.findings import Level, Mean, Quadrant, Recommenders

from .conditions import Look, holds
from .scoring import half_up

STANDARDS = ("J1", "J2", "J3")
FREQUENCY, INTERACTION, SCORE = "freq", "inter", "fit_score"

Points = Mapping[str, Fraction | None]
"""Points of the answers by question; None or absent where there are none."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`means`: whole numbers from 0 to 100 by key, each rounded before it goes into the next, as the source does."""

    means: Mapping[str, int | None]
    passed: int
    quadrant: Quadrant | None
    verdict: Level | None
    cautions: Sequence[str]

    @property
    def score(self) -> int | None:
        return self.means[SCORE]


def fit_of(recommenders: Recommenders, points: Points, look: Look) -> Fit:
    means: dict[str, int | None] = {}
    for mean in recommenders.means:
        means[mean.key] = _mean(mean, points, means)
    high = {mean.key: _passes(mean, means[mean.key]) for mean in recommenders.means}
    return Fit(
        means=means,
        passed=sum(high[key] is True for key in STANDARDS),
        quadrant=_quadrant(recommenders, high[FREQUENCY], high[INTERACTION]),
        verdict=level_of(recommenders.fit_levels, means[SCORE]),
        cautions=[caution.text for caution in recommenders.cautions if holds(caution.when, look)],
    )


def level_of(levels: Sequence[Level], score: int | None) -> Level | None:
    """The level that a score has reached."""
    return None if score is None else next(level for level in levels if score >= level.gte)


def _mean(mean: Mean, points: Points, means: Mapping[str, int | None]) -> int | None:
    """Over the questions that were answered; of other means each has to be known. None when there is nothing."""
    if any(part.of in means and means[part.of] is None for part in mean.parts):
        return None
    values = [(Fraction(part.weight), means.get(part.of, points.get(part.of))) for part in mean.parts]
    given = [(weight, value) for weight, value in values if value is not None]
    if not given:
        return None
    return half_up(sum(weight * value for weight, value in given) / sum(weight for weight, _ in given))


def _passes(mean: Mean, value: int | None) -> bool | None:
    return None if value is None or mean.passes is None else value >= mean.passes


def _quadrant(recommenders: Recommenders, frequent: bool | None, interactive: bool | None) -> Quadrant | None:
    found = [one for one in recommenders.quadrants if (one.frequent, one.interactive) == (frequent, interactive)]
    return found[0] if found else None
