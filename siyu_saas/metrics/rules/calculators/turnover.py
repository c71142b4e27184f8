"""社群 GMV from people, conversion, repurchase and referral. Source: domain C2, calc_gmv."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..rounding import rounded
from .inputs import check_count, check_rate


@dataclass(frozen=True, slots=True)
class TurnoverInputs:
    """`orders_more` is how often a repeat buyer orders again; `referral_weight` how well referred people convert."""

    people: int
    buying_rate: Decimal
    repeat_rate: Decimal
    referral_rate: Decimal
    order_value_fen: int
    orders_more: Decimal = Decimal(1)
    referral_weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        check_count("people", self.people)
        check_count("order_value_fen", self.order_value_fen)
        for field in ("buying_rate", "repeat_rate", "referral_rate", "referral_weight"):
            check_rate(field, getattr(self, field))


@dataclass(frozen=True, slots=True)
class TurnoverResult:
    """`seed_index` is 人数×转化率×复购率×裂变率: people, an index without a price, never money."""

    buyers: Decimal
    orders: Decimal
    gmv_fen: int
    seed_index: Decimal


def turnover(given: TurnoverInputs) -> TurnoverResult:
    """buyers = N·c·(1+f·q); orders = buyers·(1+r·k); GMV = orders × order value. Source: domain C2, calc_gmv."""
    rates = (given.buying_rate, given.repeat_rate, given.referral_rate, given.orders_more, given.referral_weight)
    c, r, f, k, q = map(Fraction, rates)
    buyers = given.people * c * (1 + f * q)
    orders = buyers * (1 + r * k)
    return TurnoverResult(
        buyers=rounded(buyers, 2),
        orders=rounded(orders, 2),
        gmv_fen=int(rounded(orders * given.order_value_fen)),
        seed_index=rounded(given.people * c * r * f, 4),
    )
