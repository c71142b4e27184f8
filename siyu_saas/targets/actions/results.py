"""Concluding a target: the product proposes what it came to, a consultant confirms."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.achievement import shown
from siyu_saas.targets.rules.course import Standing, basis
from siyu_saas.targets.rules.states import RESULTS, State

BASIS_POINTS = 10_000


def conclude_target(target: Target, stands: Standing, *, state: State, note: str, by: Actor) -> None:
    """`stands` is how the target came out by the agreed measure; another state needs a note.

    Source: domain D5, product C7.
    """
    if target.state is not State.AGREED:
        raise NotReady("只有双方签过、还没有结论的目标才能下结论。")
    if not stands.complete:
        raise NotReady("窗口还没结束、观察期还没满，不能下结论。")
    if state not in RESULTS:
        raise NotReady("请选择一个结论。")
    if state is not stands.proposed and not note:
        raise NotReady(f"系统按约定口径得出「{stands.proposed.title}」，改成「{state.title}」要写明原因。")
    target.state, target.result_value, target.result_note = state, stands.now, note
    target.result_basis = basis(stands)
    target.result_degree = None if stands.found is None else int(stands.found * BASIS_POINTS)
    target.concluded_at, target.concluded_by_name = now(), by.name
    told = "—" if stands.found is None else f"{shown(stands.found)}%"
    audit.record("target.concluded", target, by=by, label=f"{target.title}：{state.title}（达成度 {told}）")
    db.session.flush()
