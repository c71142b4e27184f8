"""Roles and what each may do. Source: product A2."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    FIRM = "firm"
    MERCHANT = "merchant"


class Role(StrEnum):
    FIRM_OWNER = "firm_owner"
    LEAD_CONSULTANT = "lead_consultant"
    CONSULTANT = "consultant"
    BOSS = "boss"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    USER_OPS = "user_ops"
    CAMPAIGN_OPS = "campaign_ops"
    CONTENT_OPS = "content_ops"
    MALL_OPS = "mall_ops"
    CS = "cs"
    VIEWER = "viewer"

    @property
    def side(self) -> Side:
        return Side.FIRM if self in FIRM_ROLES else Side.MERCHANT

    @property
    def title(self) -> str:
        return ROLE_TITLES[self]


FIRM_ROLES = (Role.FIRM_OWNER, Role.LEAD_CONSULTANT, Role.CONSULTANT)
OPERATORS = (Role.USER_OPS, Role.CAMPAIGN_OPS, Role.CONTENT_OPS, Role.MALL_OPS, Role.CS)

ROLE_TITLES = {
    Role.FIRM_OWNER: "机构负责人",
    Role.LEAD_CONSULTANT: "主顾问",
    Role.CONSULTANT: "顾问",
    Role.BOSS: "店主",
    Role.LEAD: "操盘手",
    Role.COORDINATOR: "对接人",
    Role.USER_OPS: "用户运营",
    Role.CAMPAIGN_OPS: "活动运营",
    Role.CONTENT_OPS: "内容运营",
    Role.MALL_OPS: "商城运营",
    Role.CS: "客服",
    Role.VIEWER: "只读成员",
}

# One permission a line, in order: two branches then add theirs without a conflict.
SEE = frozenset(
    {
        "aftercare.see",
        "calculation.see",
        "charter.see",
        "comment.see",
        "comparison.see",
        "data.see",
        "diagnosis.see",
        "file.see",
        "item.see",
        "library.see",
        "member.see",
        "paper.see",
        "plan.see",
        "report.see",
        "target.see",
        "workspace.see",
    }
)
WORK = SEE | {
    "calculation.run",
    "comment.write",
    "data.enter",
    "file.add",
    "inquiry.ask",
    "item.work",
    "nudge.send",
    "sheet.fill",
    "task.work",
}
COORDINATE = WORK | {
    "aftercare.answer",
    "archive.build",
    "audit.see",
    "data.export",
    "data.import",
    "file.remove",
    "meeting.edit",
    "member.invite",
    "sheet.give",
    "text.approve",
}
AGREE = {
    "milestone.sign",
    "plan.confirm",
    "target.edit",
    "target.offer",
    "target.sign",
    "task.review",
}
TEAM = COORDINATE | {
    "aftercare.review",
    "baseline.freeze",
    "channel.edit",
    "charter.edit",
    "charter.propose",
    "charter.sign",
    "checklist.edit",
    "comparison.edit",
    "diagnosis.edit",
    "engagement.edit",
    "inquiry.answer",
    "item.review",
    "member.edit",
    "merchant.edit",
    "merchant.open",
    "note.see",
    "package.edit",
    "page.share",
    "plan.edit",
    "preview.use",
    "questionnaire.edit",
    "record.see",
    "sheet.proxy",
    "staff.see",
    "target.conclude",
    "target.edit",
    "target.offer",
    "target.sign",
    "task.review",
    "export.build",
    "report.edit",
    "report.share",
    "report.sign",
    "view.keep",
}

ROLE_MAY: dict[Role, frozenset[str]] = {
    Role.FIRM_OWNER: TEAM
    | {"team.edit", "job.see", "job.retry", "firm.edit", "staff.edit", "audit.export", "load.see"},
    Role.LEAD_CONSULTANT: TEAM | {"team.edit"},
    Role.CONSULTANT: TEAM,
    Role.BOSS: COORDINATE
    | AGREE
    | {"member.edit", "record.see", "charter.sign", "diagnosis.confirm", "report.sign", "export.build", "page.share"},
    Role.LEAD: COORDINATE | AGREE,
    Role.COORDINATOR: COORDINATE,
    **dict.fromkeys(OPERATORS, WORK),
    Role.VIEWER: SEE,
}


def may(role: Role, permission: str) -> bool:
    return permission in ROLE_MAY[role]
