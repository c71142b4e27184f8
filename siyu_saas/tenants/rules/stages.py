"""The stages of an engagement. Source: domain E1."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    DIAGNOSE = "diagnose"
    CO_CREATE = "co_create"
    GUIDE = "guide"
    CLOSE = "close"

    @property
    def title(self) -> str:
        return STAGE_TITLES[self]


STAGE_TITLES = {
    Stage.DIAGNOSE: "轻调研诊断",
    Stage.CO_CREATE: "方案共创",
    Stage.GUIDE: "启动服务指导",
    Stage.CLOSE: "服务期后交流",
}
