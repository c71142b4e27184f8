"""The states of a target and who may move it on. Source: domain D5."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from siyu_saas.metrics.rules.windows import Window

MANY_REVISIONS = 2


class State(StrEnum):
    """An agreed target becomes active by the calendar; `shown_state` says so, nothing is written for it."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    COUNTERED = "countered"
    AGREED = "agreed"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    NEAR = "near"
    PARTIAL = "partial"
    MISSED = "missed"
    NOT_EVALUABLE = "not_evaluable"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:
        return STATE_TITLES[self]

    @property
    def pill(self) -> str:
        return PILLS.get(self, "none")

    @property
    def is_open(self) -> bool:
        """The two sides still talk about it."""
        return self in (State.DRAFT, State.PROPOSED, State.COUNTERED)

    @property
    def is_signed(self) -> bool:
        """Both sides signed it once, and it was not given up since."""
        return not self.is_open and self is not State.CANCELLED

    @property
    def is_over(self) -> bool:
        return self in OVER


STATE_TITLES = {
    State.DRAFT: "草稿",
    State.PROPOSED: "待对方确认",
    State.COUNTERED: "提出了不同数值",
    State.AGREED: "双方已签",
    State.ACTIVE: "进行中",
    State.ACHIEVED: "已达成",
    State.NEAR: "接近",
    State.PARTIAL: "部分达成",
    State.MISSED: "未达成",
    State.NOT_EVALUABLE: "数据不足，无法评估",
    State.CANCELLED: "已取消",
}
PILLS = {
    State.PROPOSED: "warn",
    State.COUNTERED: "warn",
    State.AGREED: "ok",
    State.ACTIVE: "info",
    State.ACHIEVED: "ok",
}
OVER = (State.ACHIEVED, State.NEAR, State.PARTIAL, State.MISSED, State.NOT_EVALUABLE, State.CANCELLED)
RESULTS = OVER[:-1]


class Mode(StrEnum):
    """How a target is measured in its window: domain D2, `eval_mode`."""

    WINDOW_TOTAL = "window_total"
    TRAILING = "trailing_n_days"
    END_VALUE = "end_value"
    COHORT = "cohort"

    @property
    def title(self) -> str:
        return MODE_TITLES[self]


MODE_TITLES = {
    Mode.WINDOW_TOTAL: "整个窗口合计",
    Mode.TRAILING: "窗口最后若干天",
    Mode.END_VALUE: "窗口最后一天的值",
    Mode.COHORT: "按加好友批次，满 14 天",
}


def shown_state(state: State, window: Window, *, baseline_locked: bool, today: date) -> State:
    """Agreed and begun, with a baseline that is frozen or known to be missing: active."""
    return State.ACTIVE if state is State.AGREED and baseline_locked and today >= window.first else state


def only_words_now(window: Window, today: date) -> bool:
    """After two thirds of the window the figures stay; only the explanation may change."""
    return 3 * ((today - window.first).days + 1) > 2 * window.days
