"""Targets among the things that can be signed, and what they have to do with stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from siyu_saas.signing.kinds import Kind, register
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, leaves

from .queries import targets_tabled
from .rules.states import State

TARGET = register(Kind("target", "目标", "targets.board"))


@leaves(Stage.CO_CREATE)
def a_target_is_signed(standing: Standing) -> Missing | None:
    """One signed target is enough: what is not agreed on yet holds up nothing else. Source: domain D6."""
    states = [row.state for row in tabled_in(standing)]
    if any(state.is_signed for state in states):
        return None
    if not states:
        return Missing(Side.FIRM, _("提出第一个目标"), _("去共创目标"), TARGET.page, "target.edit")
    if State.DRAFT in states and not {State.PROPOSED, State.COUNTERED} & set(states):
        return Missing(Side.FIRM, _("把目标发给商家确认"), _("查看目标"), TARGET.page, "target.edit")
    return Missing(Side.MERCHANT, _("商定并签署目标"), _("查看目标"), TARGET.page, "target.sign")


def tabled_in(standing: Standing) -> Sequence[Any]:
    """Rows (id, title, state, waits_for, since) of all targets, whoever reads them first."""
    return targets_tabled(standing.engagement.id) if standing.targets is None else standing.targets
