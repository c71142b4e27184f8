"""What a target means in people, parcels and money; targets are linked, so that changing a rate moves the rest.

Source: product §4 nos. 1 and 2, domain C2 (calc_funnel).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from siyu_saas.metrics.rules.calculators.funnel import FunnelInputs, FunnelResult, forward
from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.metrics.rules.readings import Daily
from siyu_saas.metrics.rules.rounding import rounded
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.web.filters.numbers import rounded as written

from .quantities import amount_text

LINKS = {
    "parcel_to_wecom_rate": "parcel_rate",
    "first_order_rate": "first_order_rate",
    "wecom_to_group_rate": "group_rate",
    "group_conv_rate": "buying_rate",
    "aov_buyer": "buyer_value_fen",
    "parcels_sent": "parcels",
}
"""Which target feeds which input of the funnel."""

RATES = ("parcel_rate", "first_order_rate", "group_rate", "buying_rate")
FOLLOWS = {
    "wecom_new_parcel": ("new_friends", "新增好友", Unit.PEOPLE),
    "wecom_total": ("friends", "好友总数", Unit.PEOPLE),
    "group_members": ("members", "入群人数", Unit.PEOPLE),
    "group_count": ("groups", "群数", Unit.GROUPS),
    "group_buyers": ("buyers", "买家", Unit.PEOPLE),
    "group_gmv": ("gmv_fen", "社群 GMV", Unit.FEN),
}
"""Which target is an outcome of the funnel: the field, its name, its unit."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What the funnel gives for another target of the same engagement, beside what that target asks for."""

    title: str
    unit: Unit
    asked: int
    given: int

    @property
    def enough(self) -> bool:
        return self.given >= self.asked

    @property
    def sentence(self) -> str:
        relation = "够" if self.enough else "不够"
        return f"{self.title}：链路推得 {amount_text(self.unit, self.given)}，目标 {amount_text(self.unit, self.asked)}，{relation}"


def per_hundred(unit: Unit, better: Better, baseline: int | None, value: int, whom: str) -> str | None:
    """「每 100 件包裹，多 8 位加好友」; only of rates that have a baseline."""
    if unit is not Unit.SHARE or baseline is None:
        return None
    more = rounded(Fraction(abs(value - baseline), 100), 1)
    number = int(more) if more == int(more) else more
    word = "少" if (value < baseline) else "多"
    return f"每 100 {whom}，{word} {number} 个"


def funnel_with(base: FunnelInputs, targets: Mapping[str, int]) -> FunnelInputs:
    """The funnel with the rates that the targets ask for (in steps of their unit)."""
    changed = {
        LINKS[key]: Decimal(value) / 10_000 if LINKS[key] in RATES else value
        for key, value in targets.items()
        if key in LINKS
    }
    return FunnelInputs(**{name: changed.get(name, getattr(base, name)) for name in FunnelInputs.__slots__})


def linked(base: FunnelInputs, targets: Mapping[str, int]) -> tuple[FunnelResult, list[Linked]]:
    """The funnel's outcome, held against every target that is one of its outcomes."""
    result = forward(funnel_with(base, targets))
    found = [
        Linked(FOLLOWS[key][1], FOLLOWS[key][2], value, getattr(result, FOLLOWS[key][0]))
        for key, value in targets.items()
        if key in FOLLOWS
    ]
    return result, found


def course(result: FunnelResult) -> str:
    """The whole chain in one line."""
    return (
        f"新增好友 {written(result.new_friends, 0)} → 首单 {written(result.first_orders, 0)}；"
        f"好友 {written(result.friends, 0)} → 入群 {written(result.members, 0)}（{result.groups} 个群）"
        f" → 买家 {written(result.buyers, 0)} → {amount_text(Unit.FEN, result.gmv_fen)}"
    )


GROUP_SIZE = 200
NEEDED = (
    ("parcels_sent", "每日包裹量"),
    ("wecom_new_parcel", "包裹卡新增好友"),
    ("wecom_total", "企微客户总数"),
    ("group_members", "在群人数"),
    ("group_buyers", "社群买家数"),
    ("group_gmv", "社群 GMV"),
)
FIELDS = (*(field for field, _ in NEEDED), "first_order_users")


def base_of(daily: Daily, window: Window, *, days: int) -> tuple[FunnelInputs | None, list[str]]:
    """The merchant's own funnel over `days`, from a window that is known; and the names of inputs that are missing.

    Parcels are those of an average day times `days`; first orders may be missing and then count as none.
    """
    known = {
        field: [n for day in window.dates() if (n := daily.get(field, {}).get(day)) is not None] for field in FIELDS
    }
    lacking = [name for field, name in NEEDED if not known[field]]
    if lacking or not sum(known["parcels_sent"]) or not known["wecom_total"][-1] or not sum(known["group_members"]):
        return None, lacking
    parcels, new, buyers = (sum(known[field]) for field in ("parcels_sent", "wecom_new_parcel", "group_buyers"))
    members = Fraction(sum(known["group_members"]), len(known["group_members"]))
    return FunnelInputs(
        parcels=int(rounded(Fraction(parcels * days, len(known["parcels_sent"])))),
        parcel_rate=_share(new, parcels),
        first_order_rate=_share(sum(known["first_order_users"]), new),
        friends_before=known["wecom_total"][-1],
        group_rate=_share(known["group_members"][-1], known["wecom_total"][-1]),
        group_size=GROUP_SIZE,
        buying_rate=_share(buyers, members),
        buyer_value_fen=int(rounded(Fraction(sum(known["group_gmv"]), buyers))) if buyers else 0,
    ), []


def _share(part: int, whole: int | Fraction) -> Decimal:
    return min(Decimal(1), rounded(Fraction(part) / whole, 4)) if whole else Decimal(0)
