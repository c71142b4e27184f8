"""Campaigns: planned, made ready, run and counted."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.guidance.actions.campaigns import (
    add_row,
    change_campaign,
    close_issue,
    drop_campaign,
    drop_row,
    lock_figures,
    plan_campaign,
    settle_material,
)
from siyu_saas.guidance.forms.campaigns import PART_FORMS, CampaignForm, FiguresForm
from siyu_saas.guidance.models import Campaign
from siyu_saas.guidance.queries.campaigns import PARTS, campaign_with, campaigns_of, part_of, row_of
from siyu_saas.guidance.queries.improvements import whereabouts
from siyu_saas.guidance.rules.campaigns import (
    CampaignState,
    Verdict,
    outcomes,
    profit_rate_bp,
    readiness,
    review_gaps,
    state_on,
    steps,
)
from siyu_saas.packs.library import pack
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale, with_ids

from .blueprints import guidance

PART_TITLES = {"materials": "物料", "script": "脚本", "briefings": "宣讲", "issues": "问题", "improvements": "复盘结论"}


@guidance.get("/campaigns")
@may("item.see")
def campaigns():
    rows = [(row, _state(row)) for row in campaigns_of(g.engagement.id)]
    return render_template("guidance/campaigns.html", rows=rows)


@guidance.get("/campaigns/new")
@may("item.work")
def new_campaign():
    return render_template("guidance/new_campaign.html", form=_form(), types=_types())


@guidance.post("/campaigns")
@may("item.work")
def begin_campaign():
    form = _form()
    if not form.validate():
        return render_template("guidance/new_campaign.html", form=form, types=_types()), 422
    row = plan_campaign(engagement_id=g.engagement.id, form_key=form.once.data, by=g.actor, **form.fields)
    flash(_("已建好「%(title)s」，接着列物料清单", title=row.title))
    return redirect(url_for(".campaign", campaign_id=row.id))


@guidance.get("/campaigns/<uuid:campaign_id>")
@may("item.see")
def campaign(campaign_id: UUID):
    return campaign_page(campaign_or_404(campaign_id))


@guidance.post("/campaigns/<uuid:campaign_id>")
@may("item.work")
def edit_campaign(campaign_id: UUID):
    row, form = campaign_or_404(campaign_id), _form()
    if not form.validate():
        return campaign_page(row, editing=form), 422
    refuse_stale(form, _form(formdata=None, obj=row), back=url_for(".campaign", campaign_id=row.id))
    change_campaign(row, by=g.actor, **form.fields)
    flash(_("已保存"))
    return redirect(url_for(".campaign", campaign_id=row.id))


@guidance.post("/campaigns/<uuid:campaign_id>/figures")
@may("item.work")
def count_campaign(campaign_id: UUID):
    row, form = campaign_or_404(campaign_id), FiguresForm()
    if not form.validate():
        return campaign_page(row, counting=form), 422
    refuse_stale(form, FiguresForm(formdata=None, obj=row), back=url_for(".campaign", campaign_id=row.id))
    lock_figures(row, by=g.actor, **{name: value for name, value in form.data.items() if name != "version"})
    flash(_("活动数据已锁定"))
    return redirect(url_for(".campaign", campaign_id=row.id) + "#figures")


@guidance.post("/campaigns/<uuid:campaign_id>/removal")
@may("item.work")
def remove_campaign(campaign_id: UUID):
    drop_campaign(campaign_or_404(campaign_id), by=g.actor)
    flash(_("活动已删除"))
    return redirect(url_for(".campaigns"))


@guidance.post("/campaigns/<uuid:campaign_id>/<part>")
@may("item.work")
def add_part(campaign_id: UUID, part: str):
    row = campaign_or_404(campaign_id)
    form = (PART_FORMS.get(part) or abort(404))()
    if not form.validate():
        return campaign_page(row, adding=(part, form)), 422
    add_row(row, part, **{name: "" if value is None and name in _TEXTS else value for name, value in form.data.items()})
    flash(_("已添加"))
    return redirect(url_for(".campaign", campaign_id=row.id) + f"#{part}")


@guidance.post("/campaigns/<uuid:campaign_id>/<part>/<uuid:row_id>/removal")
@may("item.work")
def remove_part(campaign_id: UUID, part: str, row_id: UUID):
    drop_row(_row_or_404(campaign_id, part, row_id))
    return redirect(url_for(".campaign", campaign_id=campaign_id) + f"#{part}")


@guidance.post("/campaigns/<uuid:campaign_id>/materials/<uuid:row_id>/readiness")
@may("item.work")
def material_ready(campaign_id: UUID, row_id: UUID):
    row = _row_or_404(campaign_id, "materials", row_id)
    settle_material(row, ready=row.ready_at is None)
    return redirect(url_for(".campaign", campaign_id=campaign_id) + "#materials")


@guidance.post("/campaigns/<uuid:campaign_id>/issues/<uuid:row_id>/closure")
@may("item.work")
def issue_closed(campaign_id: UUID, row_id: UUID):
    row = _row_or_404(campaign_id, "issues", row_id)
    close_issue(row, remedy=row.remedy or _("已处理"))
    return redirect(url_for(".campaign", campaign_id=campaign_id) + "#issues")


_TEXTS = frozenset({"amount", "owner_name", "plan_b", "theme", "note", "cause", "remedy"})


def campaign_page(row: Campaign, *, editing=None, counting=None, adding: tuple | None = None) -> str:
    parts = {part: part_of(row.id, part) for part in PARTS}
    forms = {part: form(formdata=None) for part, form in PART_FORMS.items()}
    if adding:
        forms[adding[0]] = adding[1]
    for part, form in forms.items():
        with_ids(form, part)
    return render_template(
        "guidance/campaign.html",
        campaign=row,
        state=_state(row),
        type_title=_types().get(row.type, row.type),
        steps=steps(row.starts_on, row.ends_on),
        today=today(),
        ready=readiness(parts["materials"], starts_on=row.starts_on, today=today(), briefings=len(parts["briefings"])),
        outcomes=outcomes(row),
        profit_bp=profit_rate_bp(row.profit_fen, row.gmv_fen),
        gaps=review_gaps(parts["improvements"], locked=row.locked_at is not None),
        planned=_planned(row, parts["improvements"]),
        parts=parts,
        forms=forms,
        titles=PART_TITLES,
        faulty=editing or counting or (adding[1] if adding else None),
        adding=adding[0] if adding else None,
        editing=editing or _form(formdata=None, obj=row),
        counting=with_ids(counting or FiguresForm(formdata=None, obj=row), "figures"),
    )


def _planned(row: Campaign, improvements: list) -> dict | None:
    """Where what is to be improved is by now; None before the review, without a plan, and once the service period is over."""
    wanted = [one for one in improvements if one.verdict is Verdict.IMPROVE]
    asked = row.state is CampaignState.REVIEWED and wanted and g.engagement.archived_at is None
    plan = plan_of(g.engagement.id) if asked else None
    return whereabouts(wanted, plan.id) if plan else None


def _form(**options) -> CampaignForm:
    form = CampaignForm(**options)
    form.type.choices = [SelectChoice(key, title) for key, title in _types().items()]
    return form


def _types() -> dict[str, str]:
    return {one.key: one.title for one in pack(g.access.pack).campaigns.values()}


def _state(row: Campaign):
    return state_on(today(), starts_on=row.starts_on, ends_on=row.ends_on, reviewed=row.state.value == "reviewed")


def campaign_or_404(campaign_id: UUID) -> Campaign:
    return campaign_with(campaign_id, g.engagement.id) or abort(404)


def _row_or_404(campaign_id: UUID, part: str, row_id: UUID):
    if part not in PARTS:
        abort(404)
    return row_of(campaign_or_404(campaign_id).id, part, row_id) or abort(404)
