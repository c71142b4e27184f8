"""How long an invitation lets people in, in what state it is, and whom somebody may invite. Source: product A3, A6."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from .roles import FIRM_ROLES, OPERATORS, Role, Side

VALID_FOR = timedelta(hours=72)
MOST_WRONG_CODES = 10
MOST_SEATS = 20

MERCHANT_ROLES = tuple(role for role in Role if role.side is Side.MERCHANT)
BELOW_LEAD = (Role.COORDINATOR, *OPERATORS, Role.VIEWER)


class LinkState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LOCKED = "locked"

    @property
    def title(self) -> str:
        return LINK_STATE_TITLES[self]


LINK_STATE_TITLES = {
    LinkState.OPEN: "可用",
    LinkState.USED: "已使用",
    LinkState.EXPIRED: "已过期",
    LinkState.REVOKED: "已作废",
    LinkState.LOCKED: "已锁定",
}


def state_of(
    *, expires_at: datetime, revoked_at: datetime | None, taken: int, seats: int, wrong_codes: int, at: datetime
) -> LinkState:
    """What ended it first in meaning, not in time: a revoked link stays revoked whatever else is true of it."""
    if revoked_at is not None:
        return LinkState.REVOKED
    if taken >= seats:
        return LinkState.USED
    if at >= expires_at:
        return LinkState.EXPIRED
    return LinkState.LOCKED if wrong_codes >= MOST_WRONG_CODES else LinkState.OPEN


def may_employ(role: Role) -> tuple[Role, ...]:
    """The roles that a person in `role` may invite colleagues into, in the firm."""
    return FIRM_ROLES if role is Role.FIRM_OWNER else ()


def may_invite(role: Role) -> tuple[Role, ...]:
    """The roles that a person in `role` may invite others into, in a merchant's workspace."""
    if role in FIRM_ROLES or role is Role.BOSS:
        return MERCHANT_ROLES
    if role is Role.LEAD:
        return BELOW_LEAD
    if role is Role.COORDINATOR:
        return tuple(one for one in BELOW_LEAD if one is not Role.COORDINATOR)
    return ()
