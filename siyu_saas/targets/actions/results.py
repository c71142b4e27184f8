"""Concluding a target: the product proposes what it came to, a consultant confirms."""

from __future__ import annotations

from fractions import Fraction

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.achievement import shown
from siyu_saas.targets.rules.states import RESULTS, State

BASIS_POINTS = 10_000


def conclude_target(
    target: Target,
    *,
    state: State,
    proposed: State,
    value: int | None,
    found: Fraction | None,
    basis: str,
    note: str,
    by: Actor,
) -> None:
    """`proposed` is what the rules give; another state needs a note. Source: domain D5, product C7."""
    if target.state is not State.AGREED:
        raise NotReady("只有双方签过、还没有结论的目标才能下结论。")
    if state not in RESULTS:
        raise NotReady("请选择一个结论。")
    if state is not proposed and not note:
        raise NotReady(f"系统按约定口径得出「{proposed.title}」，改成「{state.title}」要写明原因。")
    target.state, target.result_value, target.result_basis, target.result_note = state, value, basis, note
    target.result_degree = None if found is None else int(found * BASIS_POINTS)
    target.concluded_at, target.concluded_by_name = now(), by.name
    told = "—" if found is None else f"{shown(found)}%"
    audit.record("target.concluded", target, by=by, label=f"{target.title}：{state.title}（达成度 {told}）")
    db.session.flush()
