"""Kinds of customer groups and what is healthy. Sources: domain F7, F8, F14; figures are references that may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCAN_LIMIT, FULL_AT, MEMBER_LIMIT = 200, 180, 500


class GroupKind(StrEnum):
    INTEREST = "interest"
    FUNCTION = "function"
    WELFARE = "welfare"
    FLASH = "flash"

    @property
    def title(self) -> str:
        return {"interest": "兴趣群", "function": "功能群", "welfare": "品牌福利群", "flash": "大促闪群"}[self.value]


class Form(StrEnum):
    FLASH = "flash"
    FORUM = "forum"
    GROUP_BUY = "group_buy"
    LOOP = "loop"

    @property
    def title(self) -> str:
        return {"flash": "快闪", "forum": "论坛", "group_buy": "团购", "loop": "自闭环"}[self.value]


class Layer(StrEnum):
    NEW = "new"
    REGULAR = "regular"
    LOYAL = "loyal"

    @property
    def title(self) -> str:
        return {"new": "潜客与新客", "regular": "一般老客", "loyal": "忠诚老客"}[self.value]


class Horizon(StrEnum):
    LONG = "long"
    SHORT = "short"

    @property
    def title(self) -> str:
        return {"long": "长期群，看留存", "short": "短期群，看成交"}[self.value]


@dataclass(frozen=True, slots=True)
class Hint:
    kind: str
    sentence: str


def hints(group, week) -> list[Hint]:
    """What is worth a look; `week` is the newest one or None."""
    found = []
    missing = [
        name
        for name, there in (("群名", group.has_name), ("欢迎语", group.has_welcome), ("群公告", group.has_notice))
        if not there
    ]
    if missing:
        found.append(Hint("warn", f"缺{'、'.join(missing)}"))
    if not group.host_name or not group.deputy_name:
        found.append(Hint("warn", "主理和副手要各有一人"))
    if week is None:
        return [*found, Hint("info", "还没有周数据")]
    if week.members is not None and week.members >= MEMBER_LIMIT:
        found.append(Hint("bad", "已到 500 人上限"))
    elif week.members is not None and week.members >= FULL_AT:
        found.append(Hint("warn", f"{week.members} 人：超过 200 人只能手动邀请，该建下一个群了"))
    return found
