"""Targets and what they came to."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from siyu_saas.reports.rules.shape import CLAUSE, Picture, Section, Source, Table, Words
from siyu_saas.targets.actions.results import BASIS_POINTS
from siyu_saas.targets.models import Target
from siyu_saas.targets.queries import targets_of as every_target
from siyu_saas.targets.rules.achievement import shown
from siyu_saas.targets.rules.quantities import amount_text
from siyu_saas.targets.rules.states import State
from siyu_saas.web.filters.numbers import MISSING

BARS_SHOWN = 8


def targets_of(engagement_id: UUID) -> list[Target]:
    """Those that both sides stood by: drafts and offers are not reported, cancelled ones are."""
    return [target for target in every_target(engagement_id) if not target.state.is_open]


def section(targets: list[Target]) -> Section:
    if not targets:
        return Section("targets", missing="未采集：还没有双方签署的目标")
    rows = tuple(
        (
            target.title,
            amount_text(target.unit, target.baseline_value),
            amount_text(target.unit, target.value),
            amount_text(target.unit, target.result_value),
            degree_text(target),
            outcome(target),
            target.result_note or target.result_basis or "—",
        )
        for target in targets
    )
    head = ("目标", "基线", "目标值", "实际", "达成度", "结论", "说明")
    sources = tuple(
        Source(
            target.title,
            target.metric,
            f"{target.first} 至 {target.last}",
            f"目标书第 {target.revisions + 1} 版",
            "targets.board",
        )
        for target in targets
    )
    table = Table(head, rows, numbers=(1, 2, 3, 4), caption="达成度 =（实际 − 基线）÷（目标 − 基线）")
    return Section("targets", (Words((CLAUSE,)), degrees(targets), table), sources=sources)


def degree_text(target: Target) -> str:
    if target.result_degree is None:
        return MISSING
    return f"{shown(Decimal(target.result_degree) / BASIS_POINTS)}%"


def reached(targets: list[Target]) -> int:
    return sum(target.state in (State.ACHIEVED, State.NEAR) for target in targets)


def outcome(target: Target) -> str:
    return target.state.title if target.state.is_over else "还没有结论"


def outcomes(targets: list[Target]) -> str:
    """How many came to what; nothing is called missed before its time."""
    waiting = sum(not target.state.is_over for target in targets)
    if waiting == len(targets):
        return f"{waiting} 个目标还没有结论"
    told = f"{reached(targets)}/{len(targets)} 个目标达成或接近"
    return f"{told}，{waiting} 个还没有结论" if waiting else told


def degrees(targets: list[Target]) -> Picture:
    """Each target on its own way from where it began to what was agreed."""
    rows = [
        {
            "name": target.title,
            "degree": None if target.result_degree is None else target.result_degree * 100 / BASIS_POINTS,
            "told": f"{degree_text(target)} {outcome(target)}" if target.state.is_over else outcome(target),
        }
        for target in targets[:BARS_SHOWN]
    ]
    return Picture("degrees", outcomes(targets), "竖线为目标（100%）", {"rows": rows})
