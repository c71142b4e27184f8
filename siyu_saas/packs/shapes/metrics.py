"""The catalogue of metrics and the benchmarks beside them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

BETTER = ("up", "down", "neutral")
AGGREGATES = ("sum", "distinct", "last", "ratio", "mean", "model")
GRAINS = ("D", "W", "M", "P", "E", "C")
UNITS = ("件", "人", "%", "元", "个", "条", "分钟", "分", "单", "元/天", "天")
STRENGTHS = ("seed", "weak", "none")
DAILY_FIELDS = (
    "parcels_sent",
    "parcel_scans",
    "wecom_new_parcel",
    "wecom_new_other",
    "wecom_lost",
    "wecom_total",
    "first_order_users",
    "group_count",
    "group_full_count",
    "group_new",
    "group_quit",
    "group_violation_kick",
    "group_members",
    "group_active",
    "group_msgs",
    "group_buyers",
    "group_orders",
    "group_gmv_fen",
    "silent_gmv_fen",
    "refund_fen",
)
"""The columns of the daily sheet; money in fen. Source: domain C4."""


@dataclass(frozen=True, slots=True)
class Metric:
    """`top`, `minus` and `bottom` name daily fields where the daily sheet has them; a rate is never stored."""

    key: str
    title: str
    group: str
    formula: str
    unit: str
    better: str
    grain: str
    aggregate: str
    source_refs: tuple[str, ...]
    numerator: str = ""
    denominator: str = ""
    top: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    bottom: tuple[str, ...] = ()
    grain_note: str = ""
    pitfalls: str = ""
    version: int = 1
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What others report, in the metric's unit; sources that disagree stand side by side and are never averaged.

    `strength`: seed (practice that is told of), weak (a page on the web), none (never to be used as a yardstick).
    `adoption`: says how many do it, not how well it works.
    """

    key: str
    metric: str
    says: str
    source: str
    strength: str
    source_refs: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    typical: Decimal | None = None
    year: str = ""
    segment: str = ""
    note: str = ""
    adoption: bool = False
    relative: bool = False
    conflicts_with: tuple[str, ...] = ()
    time_sensitive: bool = False
