"""公转私 → 企微 → 首单 → 社群 → GMV, forwards and back. Source: domain C2, calc_funnel."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from .inputs import BadInput, check_count, check_rate


class Unreachable(BadInput):
    """No number of parcels reaches the goal."""


@dataclass(frozen=True, slots=True)
class FunnelInputs:
    """Rates are shares of one; `buyer_value_fen` is what one buyer pays, in fen."""

    parcels: int
    parcel_rate: Decimal
    first_order_rate: Decimal
    friends_before: int
    group_rate: Decimal
    group_size: int
    buying_rate: Decimal
    buyer_value_fen: int

    def __post_init__(self) -> None:
        for field in ("parcels", "friends_before", "buyer_value_fen"):
            check_count(field, getattr(self, field))
        check_count("group_size", self.group_size, least=1)
        for field in ("parcel_rate", "first_order_rate", "group_rate", "buying_rate"):
            check_rate(field, getattr(self, field))


@dataclass(frozen=True, slots=True)
class FunnelResult:
    new_friends: int
    first_orders: int
    friends: int
    members: int
    groups: int
    buyers: int
    gmv_fen: int


@dataclass(frozen=True, slots=True)
class ParcelsNeeded:
    friends: int
    parcels: int
    per_day: int


def forward(given: FunnelInputs) -> FunnelResult:
    """People at every stage, rounded down; groups rounded up. Source: domain C2, calc_funnel."""
    new = floor(given.parcels * given.parcel_rate)
    friends = given.friends_before + new
    members = floor(friends * given.group_rate)
    buyers = floor(members * given.buying_rate)
    return FunnelResult(
        new_friends=new,
        first_orders=floor(new * given.first_order_rate),
        friends=friends,
        members=members,
        groups=-(-members // given.group_size),
        buyers=buyers,
        gmv_fen=buyers * given.buyer_value_fen,
    )


def parcels_needed(*, goal: int, friends_before: int, parcel_rate: Decimal, days: int) -> ParcelsNeeded:
    """Parcels to send within `days` so that the pool reaches `goal` friends, rounded up; minimal by construction.

    Source: domain C2, calc_funnel (reverse). Raises Unreachable when nobody scans.
    """
    check_rate("parcel_rate", parcel_rate)
    check_count("days", days, least=1)
    needed = max(0, goal - friends_before)
    if needed and parcel_rate == 0:
        raise Unreachable("parcel_rate", "扫码添加率为 0，发多少包裹都到不了目标")
    parcels = ceil(Fraction(needed) / Fraction(parcel_rate)) if needed else 0
    return ParcelsNeeded(needed, parcels, -(-parcels // days))


def buyers_needed(*, gmv_fen: int, buyer_value_fen: int) -> int:
    """Buyers that a turnover takes, rounded up. Source: domain C2, 反推核对."""
    check_count("buyer_value_fen", buyer_value_fen, least=1)
    return -(-gmv_fen // buyer_value_fen)
