"""The stages of an engagement, what stands between them, and pauses. Source: domain E1.

Every room says what it asks for by a gate: a function from an engagement to the facts still missing. The tables of
`ENTRY` and `EXIT` gates are filled when the rooms are imported; the order of registration is the order of the sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from .roles import Side


class Stage(StrEnum):
    DIAGNOSE = "diagnose"
    CO_CREATE = "co_create"
    GUIDE = "guide"
    CLOSE = "close"

    @property
    def title(self) -> str:
        return STAGE_TITLES[self]

    @property
    def next(self) -> Stage | None:
        order = list(Stage)
        place = order.index(self) + 1
        return order[place] if place < len(order) else None


STAGE_TITLES = {
    Stage.DIAGNOSE: "轻调研诊断",
    Stage.CO_CREATE: "方案共创",
    Stage.GUIDE: "启动服务指导",
    Stage.CLOSE: "服务期后交流",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that still blocks the way: whose move it is, what to do, and the endpoint of the page to do it on."""

    side: Side
    sentence: str
    action: str
    endpoint: str
    permission: str


Gate = Callable[[Any], Missing | None]
ENTRY: dict[Stage, list[Gate]] = {stage: [] for stage in Stage}
EXIT: dict[Stage, list[Gate]] = {stage: [] for stage in Stage}


def enters(stage: Stage) -> Callable[[Gate], Gate]:
    """Registers what must be true before work in `stage` begins."""
    return lambda gate: ENTRY[stage].append(gate) or gate


def leaves(stage: Stage) -> Callable[[Gate], Gate]:
    """Registers what must be true before an engagement leaves `stage`."""
    return lambda gate: EXIT[stage].append(gate) or gate


AfterPause = Callable[[Any, int, date, Any], None]
GOING_ON: list[AfterPause] = []


def goes_on(shift: AfterPause) -> AfterPause:
    """Registers what else moves when an engagement goes on after a pause: (engagement, days, on, by)."""
    GOING_ON.append(shift)
    return shift


def missing_for_next(stage: Stage, engagement: Any) -> list[Missing]:
    """What still blocks the next stage (or, in the last one, the end), in order."""
    after = stage.next
    gates = [*ENTRY[stage], *EXIT[stage], *(ENTRY[after] if after else ())]
    return [missing for missing in (gate(engagement) for gate in gates) if missing is not None]


def days_paused(began_on: date, ended_on: date) -> int:
    """Calendar days that did not count; going on the same day costs none."""
    return max((ended_on - began_on).days, 0)


def shifted(ends_on: date, days: int) -> date:
    return ends_on + timedelta(days=days)
