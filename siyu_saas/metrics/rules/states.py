"""Where an import stands, and where its numbers came from."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

UNDO_TIME = timedelta(hours=24)
PREVIEW_TIME = timedelta(hours=24)


class Source(StrEnum):
    FILE = "file"
    PASTE = "paste"
    ENTRY = "entry"


class ImportState(StrEnum):
    READING = "reading"
    READY = "ready"
    REFUSED = "refused"
    WRITING = "writing"
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"

    @property
    def title(self) -> str:
        return STATE_TITLES[self]


STATE_TITLES = {
    ImportState.READING: "正在检查",
    ImportState.READY: "等你确认",
    ImportState.REFUSED: "读不出来",
    ImportState.WRITING: "正在导入",
    ImportState.DONE: "已导入",
    ImportState.UNDONE: "已撤销",
    ImportState.DROPPED: "已放弃",
}
