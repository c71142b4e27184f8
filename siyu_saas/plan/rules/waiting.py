"""The waiting clock: working days that one side lost for a reason. Source: product D7, J2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from siyu_saas.tenants.rules import Side

from .layout import ONE_DAY
from .workdays import workdays_between


class Cause(StrEnum):
    STUCK = "stuck"
    REVIEW = "review"
    RETURNED = "returned"
    CONFIRMATION = "confirmation"
    SIGN_OFF = "sign_off"

    @property
    def title(self) -> str:
        return CAUSE_TITLES[self]


CAUSE_TITLES = {
    Cause.STUCK: "卡住",
    Cause.REVIEW: "等验收",
    Cause.RETURNED: "退回后待补",
    Cause.CONFIRMATION: "等确认计划",
    Cause.SIGN_OFF: "等里程碑签收",
}


@dataclass(frozen=True, slots=True)
class Lost:
    side: Side
    cause: Cause
    days: int
    times: int


def days_waited(began_on: date, ended_on: date) -> int:
    """Working days after the first: what is answered on the same day costs none."""
    return max(workdays_between(began_on + ONE_DAY, ended_on), 0)


def lost_days(waits: Iterable[Any], *, today: date) -> list[Lost]:
    """`waits` have side, cause, began_on, ended_on (None: still waiting). The costliest first."""
    days: dict[tuple[Side, Cause], list[int]] = defaultdict(list)
    for wait in waits:
        days[wait.side, wait.cause].append(days_waited(wait.began_on, wait.ended_on or today))
    lost = [Lost(side, cause, sum(some), len(some)) for (side, cause), some in days.items()]
    return sorted(lost, key=lambda one: (-one.days, one.side, one.cause))


def total_of(lost: Iterable[Lost], side: Side) -> int:
    return sum(one.days for one in lost if one.side is side)
