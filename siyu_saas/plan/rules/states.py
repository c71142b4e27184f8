"""What kinds of tasks there are, how a task stands, and what a milestone's gate does. Sources: domain E2, ui §10."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from siyu_saas.tenants.rules import Side


class Kind(StrEnum):
    DIAGNOSE = "diagnose"
    PLAN = "plan"
    GUIDE = "guide"
    REVIEW = "review"
    OPERATE = "operate"
    DECIDE = "decide"
    DATA = "data"

    @property
    def title(self) -> str:
        return KIND_TITLES[self]


KIND_TITLES = {
    Kind.DIAGNOSE: "诊断",
    Kind.PLAN: "规划",
    Kind.GUIDE: "指导",
    Kind.REVIEW: "复盘",
    Kind.OPERATE: "落地",
    Kind.DECIDE: "决策",
    Kind.DATA: "数据",
}


class TaskState(StrEnum):
    """Late is not a state: it is what the calendar says of one that is not accepted."""

    TODO = "todo"
    DOING = "doing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def title(self) -> str:
        return STATE_TITLES[self]


STATE_TITLES = {
    TaskState.TODO: "未开始",
    TaskState.DOING: "进行中",
    TaskState.SUBMITTED: "待验收",
    TaskState.RETURNED: "退回",
    TaskState.ACCEPTED: "已通过",
}
LATE, STUCK = "逾期", "卡住"


class Gate(StrEnum):
    """What an unsigned milestone means for the tasks of the milestones behind it."""

    NONE = "none"
    WARN = "warn"
    BLOCK = "block"

    @property
    def title(self) -> str:
        return {Gate.NONE: "不设门槛", Gate.WARN: "提醒", Gate.BLOCK: "拦住"}[self]


class Repeats(StrEnum):
    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"

    @property
    def title(self) -> str:
        return {"never": "不重复", "weekly": "每周", "fortnightly": "每两周", "monthly": "每四周"}[self]

    @property
    def days(self) -> int:
        return {"never": 0, "weekly": 7, "fortnightly": 14, "monthly": 28}[self]


def other(side: Side) -> Side:
    return Side.FIRM if side is Side.MERCHANT else Side.MERCHANT


def is_late(state: TaskState, ends_on: date, today: date) -> bool:
    """What waits for the other side's acceptance is not late: that side's clock runs."""
    return ends_on < today and state not in (TaskState.ACCEPTED, TaskState.SUBMITTED)


def whose_move(side: Side, state: TaskState, stuck_side: Side | None = None) -> Side | None:
    """The side that has to do something next; nobody once it is accepted."""
    if state is TaskState.ACCEPTED:
        return None
    if stuck_side is not None:
        return stuck_side
    return other(side) if state is TaskState.SUBMITTED else side
