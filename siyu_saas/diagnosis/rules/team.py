"""How mature the team is, and the matrix of roles. Source: domain B4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SEATS = {
    "lead": "私域操盘手",
    "user_ops": "用户运营",
    "campaign_ops": "活动运营",
    "content_ops": "内容运营",
    "mall_ops": "商城运营",
    "seed_member": "气氛组 / 体验官",
}
COUNTED_SEATS = ("lead", "user_ops", "campaign_ops", "content_ops", "mall_ops")
LEAST_SHARE = 20


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a role: `share` of their time in percent, whether duties and figures are written down, who stands in."""

    role: str
    person: str = ""
    share: int | None = None
    has_duty: bool = False
    has_kpi: bool = False
    backup: str = ""

    @property
    def title(self) -> str:
        return SEATS[self.role]

    @property
    def weight(self) -> Decimal:
        """1 for somebody named with at least a fifth of their time; half for somebody who does it on the side."""
        if not self.person:
            return Decimal(0)
        return Decimal(1) if (self.share or 0) >= LEAST_SHARE and self.has_duty else Decimal("0.5")


def seats_filled(seats: Sequence[Seat]) -> Decimal:
    """到位角色数 as TEAM01 asks for it; the seed members do not count."""
    return sum((seat.weight for seat in seats if seat.role in COUNTED_SEATS), Decimal(0))
