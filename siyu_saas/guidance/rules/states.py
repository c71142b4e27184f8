"""The states of a checklist item and who may move it. Source: domain F0."""

from __future__ import annotations

from enum import StrEnum

from siyu_saas.tenants.rules import Role, Side


class ItemState(StrEnum):
    TODO = "todo"
    DOING = "doing"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NOT_APPLICABLE = "n_a"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def look(self) -> str:
        """The kind of its pill."""
        return LOOKS[self]


class Evidence(StrEnum):
    SCREENSHOT = "screenshot"
    LINK = "link"
    FILE = "file"
    DATA = "data"
    RECORDING = "recording"
    NOTE = "note"
    SIGNOFF = "signoff"

    @property
    def title(self) -> str:
        return EVIDENCE_TITLES[self]


TITLES = {
    ItemState.TODO: "未开始",
    ItemState.DOING: "进行中",
    ItemState.SUBMITTED: "待验收",
    ItemState.ACCEPTED: "已通过",
    ItemState.RETURNED: "退回",
    ItemState.NOT_APPLICABLE: "不适用",
}
LOOKS = {
    ItemState.TODO: "none",
    ItemState.DOING: "info",
    ItemState.SUBMITTED: "warn",
    ItemState.ACCEPTED: "ok",
    ItemState.RETURNED: "bad",
    ItemState.NOT_APPLICABLE: "none",
}
EVIDENCE_TITLES = {
    Evidence.SCREENSHOT: "截图或照片",
    Evidence.LINK: "链接",
    Evidence.FILE: "文件",
    Evidence.DATA: "数据",
    Evidence.RECORDING: "录屏",
    Evidence.NOTE: "文字说明",
    Evidence.SIGNOFF: "签字确认",
}
OPEN = frozenset({ItemState.TODO, ItemState.DOING, ItemState.RETURNED})
CLOSED = frozenset({ItemState.ACCEPTED, ItemState.NOT_APPLICABLE})


class NotNow(ValueError):
    """The item is in a state that does not allow this; `str()` is the Chinese sentence."""


def submitted(state: ItemState, evidence: int) -> ItemState:
    """Raises NotNow without evidence, and for an item that is not open."""
    if state not in OPEN:
        raise NotNow(f"这一项{state.title}，不能再提交。")
    if not evidence:
        raise NotNow("还没有证据：传一张照片、贴一个链接或写一句说明，再提交验收。")
    return ItemState.SUBMITTED


def taken_back(state: ItemState) -> ItemState:
    """The one who submitted looks again before the reviewer does."""
    if state is not ItemState.SUBMITTED:
        raise NotNow(f"这一项{state.title}，没有可撤回的提交。")
    return ItemState.DOING


def accepted(state: ItemState) -> ItemState:
    if state is not ItemState.SUBMITTED:
        raise NotNow(f"这一项{state.title}，不在待验收中，可能别人刚刚处理过。")
    return ItemState.ACCEPTED


def returned(state: ItemState, reason: str) -> ItemState:
    if state is not ItemState.SUBMITTED:
        raise NotNow(f"这一项{state.title}，不在待验收中，可能别人刚刚处理过。")
    if not reason.strip():
        raise NotNow("请写明哪里不符合标准、怎么改，商家会看到这句话。")
    return ItemState.RETURNED


def waived(state: ItemState, reason: str) -> ItemState:
    if state in CLOSED:
        raise NotNow(f"这一项{state.title}，不需要再标为不适用。")
    if not reason.strip():
        raise NotNow("请写明为什么不适用，以后翻看时才明白。")
    return ItemState.NOT_APPLICABLE


def reopened(state: ItemState) -> ItemState:
    if state not in CLOSED:
        raise NotNow(f"这一项{state.title}，本来就没有结束。")
    return ItemState.DOING


def turn_of(state: ItemState, side: Side) -> Side | None:
    """Whose move it is; None when the item is settled. What the firm does itself it does not review."""
    if state in CLOSED:
        return None
    return Side.FIRM if state is ItemState.SUBMITTED or side is Side.FIRM else Side.MERCHANT


def is_mine(role: Role, *, item_role: str, item_side: Side) -> bool:
    """Whether a person of this role is expected to do the item: by their role, or as the one who leads their side."""
    if item_side is not role.side:
        return False
    return role.side is Side.FIRM or item_role == role.value or role in (Role.BOSS, Role.LEAD, Role.COORDINATOR)
