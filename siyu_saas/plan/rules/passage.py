"""Which milestones of a plan have to be signed off before a stage is left, whatever package it came from. Source: domain E1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from siyu_saas.tenants.rules import Stage

from .states import Gate

ENOUGH_IN_TEN = 9


def still_to_reach(milestones: Sequence[Any], stage: Stage) -> list[Any]:
    """Those not signed off that hold the stage; nine in ten of those it asks for are enough."""
    asked = _asked_for(milestones, stage)
    left = [one for one in asked if one.reached_on is None]
    return [] if 10 * (len(asked) - len(left)) >= ENOUGH_IN_TEN * len(asked) else left


def _asked_for(milestones: Sequence[Any], stage: Stage) -> list[Any]:
    """Required ones and blocking gates. A plan that names none has to reach the last of its milestones up to here: closing
    ones belong to the closing stage, and are not waited for before it."""
    if stage is Stage.CLOSE:
        return [one for one in milestones if one.stage is Stage.CLOSE and _binds(one)]
    before = [one for one in milestones if one.stage is not Stage.CLOSE]
    return [one for one in before if _binds(one)] or before[-1:]


def _binds(milestone: Any) -> bool:
    return milestone.required or milestone.gate is Gate.BLOCK
