"""What of a plan is signed, and what it has to do with stages."""

from __future__ import annotations

from flask_babel import gettext as _

from siyu_saas.plan.queries.plans import milestone_standings, plan_of
from siyu_saas.plan.rules.passage import still_to_reach
from siyu_saas.signing.kinds import Kind, register
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, leaves

PLAN = register(Kind("plan", "服务计划", "plan.show", sides=frozenset({Side.MERCHANT})))
MILESTONE = register(Kind("milestone", "里程碑验收", "plan.milestones", sides=frozenset({Side.MERCHANT})))


@leaves(Stage.CO_CREATE)
def plan_is_confirmed(standing: Standing) -> Missing | None:
    plan = plan_of(standing.engagement.id)
    if plan is None:
        return Missing(Side.FIRM, _("从服务包生成计划"), _("生成计划"), PLAN.page, "plan.edit")
    if plan.confirmed_at is not None:
        return None
    if plan.proposed_at is None:
        return Missing(Side.FIRM, _("把计划发给商家确认"), _("查看计划"), PLAN.page, "plan.edit")
    return Missing(Side.MERCHANT, _("确认服务计划"), _("查看并确认"), "plan.confirm", "plan.confirm")


@leaves(Stage.GUIDE)
def guidance_is_signed(standing: Standing) -> Missing | None:
    return _unsigned(standing, Stage.GUIDE)


@leaves(Stage.CLOSE)
def closing_is_signed(standing: Standing) -> Missing | None:
    return _unsigned(standing, Stage.CLOSE)


def _unsigned(standing: Standing, stage: Stage) -> Missing | None:
    known = standing.milestones
    left = still_to_reach(milestone_standings(standing.engagement.id) if known is None else known, stage)
    if not left:
        return None
    titles = "、".join(one.title for one in left[:3])
    sentence = _("签收必做里程碑，还差 %(n)s 个：%(titles)s", n=len(left), titles=titles)
    return Missing(Side.MERCHANT, sentence, _("查看里程碑"), "plan.milestones", "milestone.sign")
