"""Metrics that can be a target, how each is measured, and what people call its people. Source: domain C1, D4."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.metrics.rules.measures import MEASURES, Measure

from .states import Mode


@dataclass(frozen=True, slots=True)
class Choice:
    """`whom`: the hundred that a rate is told of; `ramp`: grows slowly at first, so no red in the first third."""

    measure: Measure
    mode: Mode
    scope: str
    whom: str = "人"
    ramp: bool = False


_CHOICES = (
    ("parcel_to_wecom_rate", Mode.TRAILING, "仅包裹卡渠道", "件包裹", True),
    ("first_order_rate", Mode.COHORT, "当窗口新增好友批次", "位新好友", False),
    ("group_count", Mode.END_VALUE, "窗口内新建群", "个", True),
    ("group_members", Mode.END_VALUE, "窗口内新建群", "人", True),
    ("group_gmv", Mode.WINDOW_TOTAL, "社群归因", "元", False),
    ("group_active_rate", Mode.WINDOW_TOTAL, "全部社群", "位群成员", False),
    ("group_new", Mode.WINDOW_TOTAL, "全部社群", "人", False),
    ("group_buyers", Mode.WINDOW_TOTAL, "社群归因", "人", False),
    ("aov_buyer", Mode.WINDOW_TOTAL, "社群归因", "元", False),
    ("silent_gmv", Mode.WINDOW_TOTAL, "社群归因", "元", False),
    ("group_quit_rate", Mode.WINDOW_TOTAL, "全部社群", "位群成员", False),
    ("wecom_total", Mode.END_VALUE, "全部渠道", "人", True),
)
CHOICES: dict[str, Choice] = {key: Choice(MEASURES[key], *rest) for key, *rest in _CHOICES}
MOST_TARGETS = 6
