"""A campaign's review, whose improvements become tasks of the plan; and the nine-part control sheet."""

from __future__ import annotations

import io
from uuid import UUID

from flask import flash, g, redirect, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.errors import NotReady
from siyu_saas.guidance.actions.campaigns import close_review
from siyu_saas.guidance.actions.improvements import put_into_plan
from siyu_saas.guidance.control_sheet import control_sheet
from siyu_saas.guidance.models import Campaign
from siyu_saas.guidance.queries.campaigns import PARTS, part_of
from siyu_saas.guidance.rules.campaigns import Verdict
from siyu_saas.plan.queries.plans import plan_to_change
from siyu_saas.tenants.guards import may

from .blueprints import guidance
from .campaigns import campaign_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guidance.post("/campaigns/<uuid:campaign_id>/review")
@may("item.work")
def review_campaign(campaign_id: UUID):
    row = campaign_or_404(campaign_id)
    improvements = close_review(row, by=g.actor)
    flash(_("复盘完成，%(count)s 条改进", count=len(improvements)))
    try:
        _into_plan(row, improvements)
    except NotReady as reason:
        flash(_("改进还没有进计划：%(reason)s", reason=reason), "warn")
    return _back(row)


@guidance.post("/campaigns/<uuid:campaign_id>/improvements/plan")
@may("item.work")
def plan_improvements(campaign_id: UUID):
    """What the review could not put into the plan, or what was taken out again with a change."""
    row = campaign_or_404(campaign_id)
    _into_plan(row, [one for one in part_of(row.id, "improvements") if one.verdict is Verdict.IMPROVE])
    return _back(row)


@guidance.get("/campaigns/<uuid:campaign_id>/control-sheet.xlsx")
@may("item.see")
def control(campaign_id: UUID):
    row = campaign_or_404(campaign_id)
    content = control_sheet(row, {part: part_of(row.id, part) for part in PARTS}, merchant=g.access.name)
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=f"{row.title}-总控表.xlsx")


def _into_plan(row: Campaign, improvements: list) -> None:
    plan = plan_to_change(g.engagement.id)
    if plan is None:
        raise NotReady(_("这个服务期还没有计划，生成计划后再放进去。"))
    count, change = put_into_plan(row, improvements, plan=plan, today=today(), by=g.actor)
    if change is not None:
        flash(_("%(count)s 条改进已放进待发的计划改动，顾问发给商家确认后生效", count=count))
    elif count:
        flash(_("%(count)s 条改进已经进了计划", count=count))


def _back(row: Campaign):
    return redirect(url_for(".campaign", campaign_id=row.id) + "#improvements")
