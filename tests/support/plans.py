"""A small package, and a plan made of it through the same actions as in the product."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.plans import make_plan
from siyu_saas.plan.models import Plan, Task
from siyu_saas.plan.rules.blueprint import Blueprint, MilestonePart, TaskPart
from siyu_saas.plan.rules.states import Gate, Kind
from siyu_saas.tenants.models import TenantMember
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Side, Stage
from tests.support.merchants import Shop

ON = date(2026, 4, 1)


def part(key: str, title: str, offset: int, days: int, depends_on: tuple = (), **more) -> TaskPart:
    values = {"milestone": "M1", "kind": Kind.OPERATE, "side": Side.MERCHANT, "role": "lead", "module": "mod_base"}
    return TaskPart(key=key, title=title, offset=offset, days=days, depends_on=depends_on, **{**values, **more})


def small_package(**gates: Gate) -> Blueprint:
    """Five tasks in two milestones; the campaign is on day 13, a Tuesday when day 0 is 2026-04-01."""
    guide = {"kind": Kind.GUIDE, "side": Side.FIRM, "role": "consultant"}
    return Blueprint(
        key="pkg_small",
        title="小包",
        days=15,
        milestones=(
            MilestonePart("M1", "链路上线", Stage.GUIDE, required=True, gate=gates.get("m1", Gate.WARN)),
            MilestonePart("M2", "第一场活动", Stage.GUIDE, acceptance="三天主题分明"),
        ),
        tasks=(
            part("T01", "链路设计", 0, 2, acceptance="步数 ≤6", checklists=("cl_link",), **guide),
            part("T02", "包裹卡印制", 2, 4, ("T01",), role="designer"),
            part("T03", "新人礼配置", 2, 3, ("T01",), role="mall_ops"),
            part("T04", "活动备战", 7, 4, ("T02", "T03"), milestone="M2", module="mod_campaign"),
            part("T05", "活动执行", 13, 3, ("T04",), milestone="M2", module="mod_campaign", campaign=True),
        ),
        modules=(("mod_base", "社群底座"), ("mod_campaign", "活动")),
    )


def plan_for(shop: Shop, blueprint: Blueprint | None = None, *, on: date = ON) -> Plan:
    """In the merchant's scope; the caller commits."""
    people = db.session.execute(
        sa.select(User.id, User.name, TenantMember.role)
        .join(TenantMember, TenantMember.user_id == User.id)
        .where(TenantMember.tenant_id == shop.id)
        .order_by(User.name)
    ).all()
    made, _layout = make_plan(
        engagement_numbered(1),
        blueprint or small_package(),
        people=people,
        responsibilities=pack("base").responsibilities.values(),
        today=on,
        by=shop.actor,
    )
    return made


def task_keyed(key: str) -> Task:
    return db.session.scalars(sa.select(Task).where(Task.key == key, Task.removed_at.is_(None))).one()
