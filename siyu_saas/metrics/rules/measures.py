"""What a comparison measures: how raw daily counts become one figure of a window. Source: domain C0, C1.

Only counts are stored; a rate is always made from its numerator and denominator, and a day on which either is missing
is left out of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How days are put together: domain C0, `agg`."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    RATIO = "ratio"
    COHORT = "cohort"


class Unit(StrEnum):
    PEOPLE = "people"
    TIMES = "times"
    GROUPS = "groups"
    PARCELS = "parcels"
    ORDERS = "orders"
    MESSAGES = "messages"
    FEN = "fen"
    SHARE = "share"

    @property
    def title(self) -> str:
        return UNIT_TITLES[self]


UNIT_TITLES = {
    Unit.PEOPLE: "人",
    Unit.TIMES: "人次",
    Unit.GROUPS: "个",
    Unit.PARCELS: "件",
    Unit.ORDERS: "单",
    Unit.MESSAGES: "条",
    Unit.FEN: "元",
    Unit.SHARE: "%",
}


class Better(StrEnum):
    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Opening:
    """A stock before the window begins: the first day's value without that day's own flows."""

    stock: str
    inflows: tuple[str, ...]
    outflows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """`top` and `bottom` are daily fields that are added, `minus` those that are taken from the top.

    `opening` joins the denominator once per window; `people`: the denominator counts people, so below 30 no interval is
    given; `note` is the pitfall that a reader has to know.
    """

    key: str
    title: str
    shape: Shape
    unit: Unit
    better: Better
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    opening: Opening | None = None
    buyers: bool = False
    note: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        stock = (self.opening.stock, *self.opening.inflows, *self.opening.outflows) if self.opening else ()
        return tuple(dict.fromkeys((*self.top, *self.minus, *self.bottom, *stock)))


MEMBERS = Opening("group_members", ("group_new",), ("group_quit",))
UP, DOWN, NEUTRAL = Better.UP, Better.DOWN, Better.NEUTRAL

_ALL = (
    Measure("group_new", "新增群人数", Shape.SUM, Unit.TIMES, UP, ("group_new",), note="退群再进会重复，按人次"),
    Measure("group_active_rate", "社群活跃度", Shape.RATIO, Unit.SHARE, UP, ("group_active",), ("group_members",)),
    Measure("group_buyers", "转化人数", Shape.SUM, Unit.PEOPLE, UP, ("group_buyers",), note="按人日相加，不是去重人数"),
    Measure("aov_buyer", "客单价", Shape.RATIO, Unit.FEN, UP, ("group_gmv",), ("group_buyers",), buyers=True),
    Measure("group_gmv", "社群 GMV", Shape.SUM, Unit.FEN, UP, ("group_gmv",)),
    Measure("silent_gmv", "静默成交", Shape.SUM, Unit.FEN, UP, ("silent_gmv",)),
    Measure("marketing_gmv", "营销转化成交", Shape.SUM, Unit.FEN, UP, ("group_gmv",), minus=("silent_gmv",)),
    Measure("private_gmv_daily", "私域日均 GMV", Shape.MEAN, Unit.FEN, UP, ("group_gmv",)),
    Measure(
        "group_quit_rate", "退群率", Shape.RATIO, Unit.SHARE, DOWN, ("group_quit",), ("group_new",), opening=MEMBERS
    ),
    Measure("group_violation_kick", "违规踢出数", Shape.SUM, Unit.PEOPLE, DOWN, ("group_violation_kick",)),
    Measure("group_members", "在群人数", Shape.LAST, Unit.PEOPLE, UP, ("group_members",)),
    Measure("group_count", "客户群数", Shape.LAST, Unit.GROUPS, NEUTRAL, ("group_count",)),
    Measure("group_orders", "订单数", Shape.SUM, Unit.ORDERS, UP, ("group_orders",)),
    Measure("aov_order", "笔单价", Shape.RATIO, Unit.FEN, NEUTRAL, ("group_gmv",), ("group_orders",), buyers=True),
    Measure("parcels_sent", "包裹卡发出数", Shape.SUM, Unit.PARCELS, NEUTRAL, ("parcels_sent",)),
    Measure("wecom_new_parcel", "包裹卡新增好友", Shape.SUM, Unit.PEOPLE, UP, ("wecom_new_parcel",)),
    Measure(
        "parcel_to_wecom_rate",
        "包裹卡企微转化率",
        Shape.RATIO,
        Unit.SHARE,
        UP,
        ("wecom_new_parcel",),
        ("parcels_sent",),
        note="签收滞后 3–7 天，扫码与发货不是同一批",
    ),
    Measure("wecom_total", "企微客户总数", Shape.LAST, Unit.PEOPLE, UP, ("wecom_total",)),
    Measure("wecom_lost", "流失好友", Shape.SUM, Unit.PEOPLE, DOWN, ("wecom_lost",)),
    Measure(
        "first_order_rate",
        "首单转化率",
        Shape.COHORT,
        Unit.SHARE,
        UP,
        ("first_order_users",),
        ("wecom_new_parcel",),
        note="按加好友日归批，未满 14 天的批次不计",
    ),
)
MEASURES: dict[str, Measure] = {measure.key: measure for measure in _ALL}
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(field for measure in _ALL for field in measure.fields))
AGREED = (
    "group_new",
    "group_active_rate",
    "group_buyers",
    "aov_buyer",
    "group_gmv",
    "silent_gmv",
    "marketing_gmv",
    "group_quit_rate",
    "group_violation_kick",
)
HEADLINE_LIMIT = 4
