"""Should this merchant do 私域 now: frequency × interaction, three standards, one score. Source: domain B2.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .scoring import half_up

HIGH = PASSED = 50
FEW_ORDERS = 300
VERDICTS_FROM = ((70, "适合，优先投入"), (55, "适合，先补短板"), (40, "小规模试跑"), (0, "暂缓"))
SHOP_FIRST = "先把店铺成交做起来"

FREQUENCY = {"FIT01": 3, "FIT02": 1}
INTERACTION = {"FIT03": 1, "FIT04": 1, "FIT05": 1, "FIT06": 1, "FIT07": 1}
REMEMBERED = {"FIT08": 1, "FIT09": 1}
RECOVERABLE = {"FIT10": 3, "FIT11": 2}
MINDSET = {"FIT12": 1, "FIT13": 1}
SHARES = {"remembered": 25, "recoverable": 25, "frequency": 20, "interaction": 20, "mindset": 10}

Points = Mapping[str, Fraction | None]
"""Points of the answers by question; None or absent where there are none."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Whole numbers from 0 to 100, each already rounded; the score is made of the rounded ones, as the source does."""

    frequency: int | None
    interaction: int | None
    remembered: int | None
    recoverable: int | None
    mindset: int | None
    few_orders: bool = False

    @property
    def standards(self) -> tuple[tuple[str, int | None], ...]:
        return (
            ("品牌被记住", self.remembered),
            ("流失与可挽回", self.recoverable),
            ("高频", self.frequency),
        )

    @property
    def passed(self) -> int:
        return sum(value is not None and value >= PASSED for _, value in self.standards)

    @property
    def quadrant(self) -> str | None:
        """`HF_HI`, `HF_LI`, `LF_HI` or `LF_LI`."""
        if self.frequency is None or self.interaction is None:
            return None
        return f"{'HF' if self.frequency >= HIGH else 'LF'}_{'HI' if self.interaction >= HIGH else 'LI'}"

    @property
    def score(self) -> int | None:
        parts = [(share, getattr(self, name)) for name, share in SHARES.items()]
        if any(value is None for _, value in parts):
            return None
        return half_up(Fraction(sum(share * value for share, value in parts), 100))

    @property
    def verdict(self) -> str | None:
        if self.score is None:
            return None
        return next(words for least, words in VERDICTS_FROM if self.score >= least)

    @property
    def warning(self) -> str | None:
        return SHOP_FIRST if self.few_orders else None


def fit_of(points: Points, *, monthly_orders) -> Fit:
    """`monthly_orders` is CH02, None when it is not known."""
    return Fit(
        frequency=_mean(points, FREQUENCY),
        interaction=_mean(points, INTERACTION),
        remembered=_mean(points, REMEMBERED),
        recoverable=_mean(points, RECOVERABLE),
        mindset=_mean(points, MINDSET),
        few_orders=monthly_orders is not None and monthly_orders < FEW_ORDERS,
    )


def _mean(points: Points, weights: Mapping[str, int]) -> int | None:
    """Over the questions that were answered; None when none was."""
    given = [(weight, points[key]) for key, weight in weights.items() if points.get(key) is not None]
    if not given:
        return None
    return half_up(sum(weight * value for weight, value in given) / sum(weight for weight, _ in given))
