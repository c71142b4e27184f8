"""How somebody looks at the list of merchants: which of them, in which view, searched how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_SAVED = 12


class BoardFilter(StrEnum):
    """Which merchants of the list are shown; archived ones only when asked for."""

    RUNNING = "running"
    URGENT = "urgent"
    MINE = "mine"
    ENDING = "ending"
    PAUSED = "paused"
    ARCHIVED = "archived"

    @property
    def title(self) -> str:
        return BOARD_TITLES[self]


BOARD_TITLES = {
    BoardFilter.RUNNING: "进行中",
    BoardFilter.URGENT: "需要关注",
    BoardFilter.MINE: "我负责的",
    BoardFilter.ENDING: "本周到期",
    BoardFilter.PAUSED: "暂停中",
    BoardFilter.ARCHIVED: "已归档",
}


class BoardView(StrEnum):
    """The same merchants as a table, by stage, or by the days of their milestones."""

    TABLE = "table"
    STAGES = "stages"
    TIME = "time"

    @property
    def title(self) -> str:
        return VIEW_TITLES[self]


VIEW_TITLES = {BoardView.TABLE: "列表", BoardView.STAGES: "看板", BoardView.TIME: "时间线"}


@dataclass(frozen=True)
class Look:
    """`typed` is what was searched for, as a person wrote it."""

    wanted: BoardFilter = BoardFilter.RUNNING
    view: BoardView = BoardView.TABLE
    typed: str = ""

    @property
    def address(self) -> dict[str, str | None]:
        """The parts of an address that show the list so."""
        return {"show": self.wanted.value, "view": self.view.value, "q": self.typed or None}

    @property
    def told(self) -> str:
        return " · ".join(filter(None, (self.wanted.title, self.view.title, self.typed and f"搜索「{self.typed}」")))


def is_worth_saving(look: Look, kept: Sequence[Look]) -> bool:
    return look != Look() and look not in kept and len(kept) < MOST_SAVED
