"""How many people a team can invite, and what comes of it. Source: domain C2, calc_invite (S3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import floor

from .inputs import check_count, check_rate


@dataclass(frozen=True, slots=True)
class InvitationInputs:
    pool: int
    per_day: int
    people: int
    days: int
    success_rate: Decimal
    deposit_rate: Decimal
    group_size: int

    def __post_init__(self) -> None:
        check_count("pool", self.pool)
        for field in ("per_day", "people", "days", "group_size"):
            check_count(field, getattr(self, field), least=1)
        check_rate("success_rate", self.success_rate)
        check_rate("deposit_rate", self.deposit_rate)


@dataclass(frozen=True, slots=True)
class InvitationResult:
    capacity: int
    touched: int
    joined: int
    paying: int
    days_needed: int
    groups: int

    @property
    def idle(self) -> int:
        """Calls that could be made when everybody was called."""
        return self.capacity - self.touched


def capacity(given: InvitationInputs) -> InvitationResult:
    """cap = per day × people × days; touched = min(cap, pool). Source: domain C2, calc_invite."""
    daily = given.per_day * given.people
    touched = min(daily * given.days, given.pool)
    joined = floor(touched * given.success_rate)
    return InvitationResult(
        capacity=daily * given.days,
        touched=touched,
        joined=joined,
        paying=floor(joined * given.deposit_rate),
        days_needed=-(-given.pool // daily),
        groups=-(-joined // given.group_size),
    )
