"""Where an engagement stands and whose move it is, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from siyu_saas.tenants.rules import STAGE_TITLES, Stage

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Week:
    """`number` is 0 before the start and stays at `total` after the end."""

    number: int
    total: int


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    note: str = ""
    share: int = 0
    href: str | None = None


def week_of(starts_on: date, ends_on: date, today: date) -> Week:
    total = ((ends_on - starts_on).days + DAYS_A_WEEK) // DAYS_A_WEEK
    passed = (today - starts_on).days // DAYS_A_WEEK + 1
    return Week(min(max(passed, 0), total), total)


def stage_bar(stage: Stage) -> list[Step]:
    order = list(Stage)
    at = order.index(stage)
    return [
        Step(STAGE_TITLES[one], "done" if place < at else "on" if place == at else "todo")
        for place, one in enumerate(order)
    ]


@dataclass(frozen=True)
class Move:
    """`side` is whose turn it is; `sentence` says what and what it is for."""

    side: str
    sentence: str
    action: str


def whose_turn(move: Move, *, side: str, may_act: bool) -> str:
    """As the reader is told: somebody who may not do it is never told that it is their turn."""
    if move.side == side and may_act:
        return "你"
    return "商家" if move.side == "merchant" else "顾问"


def next_move(*, has_engagement: bool, files: int, can_add: bool) -> Move:
    if not has_engagement:
        return Move("firm", "开始第一个服务期，约定起止日期和服务内容", "")
    if files == 0:
        return Move("merchant", "把近 28 天的经营数据和现有物料传上来，否则诊断没有依据", "上传资料" if can_add else "")
    return Move("firm", f"查看商家传来的 {files} 份资料，准备诊断", "查看资料")
