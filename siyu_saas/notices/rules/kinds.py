"""The kinds of messages, as people choose about them. Source: product I1, I3."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """When a mail about it goes out; the inbox always has it."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"

    @property
    def title(self) -> str:
        return {Mode.NOW: "马上发邮件", Mode.DIGEST: "每天汇总一封", Mode.NEVER: "不发邮件"}[self]


class Kind(StrEnum):
    SIGNATURE = "signature"
    RETURNED = "returned"
    COUNTER = "counter"
    MENTION = "mention"
    COMMENT = "comment"
    DUE = "due"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    READY = "ready"
    FAILED = "failed"
    CHANGED = "changed"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def default(self) -> Mode:
        return Mode.NOW if self in URGENT else Mode.DIGEST


TITLES = {
    Kind.SIGNATURE: "等我签署或确认",
    Kind.RETURNED: "我提交的被退回",
    Kind.COUNTER: "对目标提出不同数值",
    Kind.MENTION: "有人 @ 我",
    Kind.COMMENT: "我参与或负责的事有新评论",
    Kind.DUE: "明天到期",
    Kind.OVERDUE: "已经逾期",
    Kind.SUBMITTED: "有内容等我验收或查看",
    Kind.READY: "报告、文件已生成",
    Kind.FAILED: "导入或任务失败",
    Kind.CHANGED: "计划、阶段、成员有变化",
}
URGENT = frozenset({Kind.SIGNATURE, Kind.RETURNED, Kind.MENTION})
SAID_IN_GROUPS = frozenset(Kind) - {Kind.MENTION, Kind.COMMENT}
