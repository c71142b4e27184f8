"""A lottery in which everybody wins: what it costs on average, what it may cost, how many of each prize. Source: domain C2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from ..rounding import from_float, rounded
from .inputs import BadInput, check_count, check_rate

Z_95 = 1.645
SHOWN_FROM = 100
LEGAL_LIMIT_FEN = 5_000_000


@dataclass(frozen=True, slots=True)
class Prize:
    """`cost_fen` is what one costs the merchant; `value_fen` what the winner gets, held against the legal limit."""

    name: str
    chance: Decimal
    cost_fen: Fraction
    value_fen: int = 0


@dataclass(frozen=True, slots=True)
class LotteryResult:
    """Money in yuan; `at_most` is the 95 % quantile of the budget, None below 100 draws."""

    mean: Decimal
    deviation: Decimal
    total: Decimal
    at_most: Decimal | None
    quotas: tuple[int, ...]


def lottery(draws: int, prizes: Sequence[Prize]) -> LotteryResult:
    """μ = Σp·c; σ = √(Σp·c² − μ²); budget N·μ + 1.645·√N·σ. Source: domain C2, calc_lottery.

    Raises BadInput when the chances do not add up to exactly one or a prize is worth more than 50,000 yuan.
    """
    check_count("draws", draws)
    for prize in prizes:
        check_rate("chance", prize.chance)
    missing = 1 - sum((prize.chance for prize in prizes), Decimal(0))
    if missing:
        raise BadInput(
            "chance", f"中奖概率合计要正好 100%，现在{'少' if missing > 0 else '多'} {abs(missing) * 100:f}%"
        )
    if any(prize.value_fen > LEGAL_LIMIT_FEN for prize in prizes):
        raise BadInput("value_fen", "最高奖的价值不能超过 5 万元")
    mean = sum((Fraction(prize.chance) * prize.cost_fen for prize in prizes), Fraction(0)) / 100
    square = sum((Fraction(prize.chance) * prize.cost_fen**2 for prize in prizes), Fraction(0)) / 10_000
    deviation = sqrt(square - mean**2)
    at_most = float(draws * mean) + Z_95 * sqrt(draws) * deviation
    return LotteryResult(
        mean=rounded(mean, 4),
        deviation=from_float(deviation, 4),
        total=rounded(draws * mean, 2),
        at_most=from_float(at_most, 2) if draws >= SHOWN_FROM else None,
        quotas=quotas(draws, [prize.chance for prize in prizes]),
    )


def quotas(draws: int, chances: Sequence[Decimal]) -> tuple[int, ...]:
    """⌊N·p⌋ of each, then one more by the largest remainder: they add up to the draws."""
    exact = [draws * Fraction(chance) for chance in chances]
    given = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (given[place] - exact[place], place))
    for place in order[: draws - sum(given)]:
        given[place] += 1
    return tuple(given)
