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

SEE = frozenset(
    {
        "workspace.see",
        "library.see",
        "file.see",
        "member.see",
        "charter.see",
        "comment.see",
        "paper.see",
        "aftercare.see",
        "plan.see",
        "target.see",
        "comparison.see",
        "calculation.see",
        "diagnosis.see",
        "data.see",
    }
)
WORK = SEE | {
    "file.add",
    "inquiry.ask",
    "comment.write",
    "task.work",
    "nudge.send",
    "calculation.run",
    "sheet.fill",
    "data.enter",
}
COORDINATE = WORK | {
    "aftercare.answer",
    "file.remove",
    "archive.build",
    "member.invite",
    "meeting.edit",
    "audit.see",
    "sheet.give",
    "data.import",
    "data.export",
}
AGREE = {"plan.confirm", "milestone.sign", "task.review", "target.edit", "target.offer", "target.sign"}
TEAM = COORDINATE | {
    "target.edit",
    "target.offer",
    "target.sign",
    "target.conclude",
    "baseline.freeze",
    "comparison.edit",
    "merchant.open",
    "merchant.edit",
    "record.see",
    "member.edit",
    "engagement.edit",
    "note.see",
    "preview.use",
    "channel.edit",
    "staff.see",
    "charter.edit",
    "charter.propose",
    "charter.sign",
    "plan.edit",
    "package.edit",
    "task.review",
    "aftercare.review",
    "inquiry.answer",
    "diagnosis.edit",
    "sheet.proxy",
}

ROLE_MAY: dict[Role, frozenset[str]] = {
    Role.FIRM_OWNER: TEAM | {"team.edit", "job.see", "job.retry", "firm.edit", "staff.edit", "audit.export"},
    Role.LEAD_CONSULTANT: TEAM | {"team.edit"},
    Role.CONSULTANT: TEAM,
    Role.BOSS: COORDINATE | AGREE | {"member.edit", "record.see", "charter.sign", "diagnosis.confirm"},
    Role.LEAD: COORDINATE | AGREE,
    Role.COORDINATOR: COORDINATE,
    **dict.fromkeys(OPERATORS, WORK),
    Role.VIEWER: SEE,
}


def may(role: Role, permission: str) -> bool:
    return permission in ROLE_MAY[role]
