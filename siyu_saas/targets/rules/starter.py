"""Metrics that can be a target, how each is measured, and what people call its people. Source: domain C1, D4."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.metrics.rules.measures import MEASURES, Measure

from .bands import Benchmark, Strength
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

SEED_2022, PRACTICE_2023 = "代运营口径", "单人实践"
BENCHMARKS: dict[str, tuple[Benchmark, ...]] = {
    "parcel_to_wecom_rate": (
        Benchmark(1000, 2000, SEED_2022, "2022", "服装", Strength.SEED),
        Benchmark(2500, 4500, PRACTICE_2023, "2023", note="均值 25%、最高 45%，极值不是目标"),
    ),
    "first_order_rate": (Benchmark(500, 1500, SEED_2022, "2022", "服装", Strength.SEED),),
    "group_active_rate": (
        Benchmark(1500, 2500, "公开文章", note="日活跃占比 15–25% 为健康"),
        Benchmark(4000, None, "公开文章", note="成熟群不低于 40%，口径未给"),
    ),
}
"""Source: product §1b, domain C1. Values of different sources are never averaged."""
