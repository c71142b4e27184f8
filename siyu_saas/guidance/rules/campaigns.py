"""A campaign's days around its dates, whether it is ready, and what it came to. Sources: domain F10, F16, F18, S3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from siyu_saas.plan.rules.workdays import last_workday, next_workday

READY_BEFORE = timedelta(days=3)
READY_ADVISED = timedelta(days=7)
BRIEFINGS = 2
BASIS_POINTS = 10_000


class CampaignState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    REVIEWED = "reviewed"

    @property
    def title(self) -> str:
        return {"planned": "筹备中", "running": "进行中", "over": "待复盘", "reviewed": "已复盘"}[self.value]


class Verdict(StrEnum):
    KEEP = "keep"
    STOP = "stop"
    IMPROVE = "improve"

    @property
    def title(self) -> str:
        return {Verdict.KEEP: "保留", Verdict.STOP: "停止", Verdict.IMPROVE: "改进"}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the run-up or the aftermath; `label` is T-7 … T+3."""

    label: str
    on: date
    title: str


RUN_UP = (
    (-10, "方案定稿：5 个目标数、货盘与成本、一句话玩法"),
    (-8, "客服评审，至少改一版"),
    (-7, "物料就绪（建议）"),
    (-5, "第一轮宣讲"),
    (-3, "物料齐套签字（最晚）"),
    (-2, "第二轮宣讲与抽问"),
    (-1, "预告与预热，检查库存、链接、客服排班"),
)
AFTERMATH = ((1, "锁数，注明口径"), (2, "复盘会：目标、过程、反馈"), (3, "保留、停止、改进各至少一条，进计划"))


def steps(starts_on: date, ends_on: date) -> list[Step]:
    """The run-up counts back from the first day, the aftermath on from the last; campaigns keep to the calendar."""
    before = [Step(f"T{offset}", starts_on + timedelta(days=offset), title) for offset, title in RUN_UP]
    length = (ends_on - starts_on).days + 1
    days = [
        Step(f"D{number}", starts_on + timedelta(days=number - 1), f"第 {number} 天：站会两次，异常记进问题表")
        for number in range(1, length + 1)
    ]
    after = [Step(f"T+{offset}", ends_on + timedelta(days=offset), title) for offset, title in AFTERMATH]
    return [*before, *days, *after]


def state_on(today: date, *, starts_on: date, ends_on: date, reviewed: bool) -> CampaignState:
    if reviewed:
        return CampaignState.REVIEWED
    if today < starts_on:
        return CampaignState.PLANNED
    return CampaignState.RUNNING if today <= ends_on else CampaignState.OVER


@dataclass(frozen=True, slots=True)
class Readiness:
    ready: int
    total: int
    late: int
    sentence: str


def readiness(materials: Sequence, *, starts_on: date, today: date, briefings: int) -> Readiness:
    """`materials`: with `due_on` and `ready_at`."""
    ready = sum(one.ready_at is not None for one in materials)
    late = sum(one.ready_at is None and one.due_on < today for one in materials)
    days_left = (starts_on - today).days
    missing = len(materials) - ready
    if not materials:
        sentence = "还没有物料清单"
    elif missing and days_left <= READY_BEFORE.days:
        sentence = f"还差 {missing} 件，已到 T-3，请启用备选方案或推迟"
    elif missing:
        sentence = f"还差 {missing} 件，离 T-3 还有 {days_left - READY_BEFORE.days} 天"
    elif briefings < BRIEFINGS:
        sentence = f"物料齐了，宣讲还差 {BRIEFINGS - briefings} 轮"
    else:
        sentence = "物料齐套，宣讲完成"
    return Readiness(ready, len(materials), late, sentence)


def profit_rate_bp(profit_fen: int | None, gmv_fen: int | None) -> int | None:
    """Basis points of turnover; None where it cannot be said."""
    if profit_fen is None or not gmv_fen:
        return None
    return int((Decimal(profit_fen) * BASIS_POINTS / gmv_fen).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One goal beside what came of it, as people read them; `met` is None where one of the two is unknown."""

    name: str
    goal: int | None
    actual: int | None
    unit: str
    met: bool | None


def outcomes(campaign) -> list[Outcome]:
    """Five numbers; a cost is met when it is not exceeded."""
    rate = profit_rate_bp(campaign.profit_fen, campaign.gmv_fen)
    rows = (
        ("入群人数", campaign.goal_joins, campaign.joins, "人", 1),
        ("互动人次", campaign.goal_interactions, campaign.interactions, "人次", 1),
        ("成交单数", campaign.goal_orders, campaign.orders, "单", 1),
        ("成本", campaign.goal_cost_fen, campaign.cost_fen, "fen", -1),
        ("利润率", campaign.goal_profit_bp, rate, "bp", 1),
    )
    return [
        Outcome(name, goal, actual, unit, None if goal is None or actual is None else (actual - goal) * better >= 0)
        for name, goal, actual, unit, better in rows
    ]


def review_gaps(improvements: Sequence, *, locked: bool) -> list[str]:
    """What a review still lacks before it is one."""
    verdicts = {one.verdict for one in improvements}
    gaps = [] if locked else ["先锁定活动数据，再复盘"]
    gaps += [f"「{verdict.title}」至少写一条" for verdict in Verdict if verdict not in verdicts]
    if any(one.verdict is Verdict.IMPROVE and (not one.owner_name or one.due_on is None) for one in improvements):
        gaps.append("每条「改进」都要有负责人和日期，才能进计划")
    return gaps


def improvement_days(due_on: date, today: date) -> tuple[date, date]:
    """From the next working day until the last one before it is due; what is due earlier takes one day."""
    first = next_workday(today)
    return first, max(first, last_workday(due_on))
