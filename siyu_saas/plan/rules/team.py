"""Roles in a plan, their cards, and who may hold them. Sources: domain E3, E4, README §3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from siyu_saas.tenants.rules import Role, Side

CONSULTANT, LIAISON = "consultant", "liaison"
# A plan's roles and the workspace's: who holds the one is proposed for the other.
HELD_BY: Mapping[str, tuple[Role, ...]] = {
    CONSULTANT: (Role.LEAD_CONSULTANT, Role.CONSULTANT),
    LIAISON: (Role.COORDINATOR,),
    "boss": (Role.BOSS,),
    "lead": (Role.LEAD,),
    "user_ops": (Role.USER_OPS,),
    "campaign_ops": (Role.CAMPAIGN_OPS,),
    "content_ops": (Role.CONTENT_OPS,),
    "mall_ops": (Role.MALL_OPS,),
    "cs": (Role.CS,),
}
ROLE_TITLES: Mapping[str, str] = {
    CONSULTANT: "顾问",
    LIAISON: "对接人",
    "boss": "店主",
    "lead": "操盘手",
    "user_ops": "用户运营",
    "campaign_ops": "活动运营",
    "content_ops": "内容运营",
    "mall_ops": "商城运营",
    "cs": "客服",
    "seed_member": "体验官",
    "advisor": "导购顾问",
    "designer": "设计",
    "warehouse": "仓储",
    "sales": "销售",
}


def role_title(role: str) -> str:
    return ROLE_TITLES.get(role, role)


def side_of(role: str) -> Side:
    return Side.FIRM if role == CONSULTANT else Side.MERCHANT


def holder_of(role: str, people: Iterable[tuple]) -> tuple | None:
    """The first of rows (user id, name, workspace role) who has the role that this one asks for."""
    people = list(people)
    for wanted in HELD_BY.get(role, ()):
        for person in people:
            if person[2] is wanted:
                return person
    return None
