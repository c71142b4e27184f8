"""A service period: its stages, its pauses, its kick-off, and the next one."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.tenants.actions.engagements import (
    advance,
    archive,
    begin_engagement,
    fix_kickoff,
    name_coordinator,
    pause,
    restore,
    resume,
)
from siyu_saas.tenants.forms.engagements import CoordinatorForm, EngagementForm, KickoffForm, PauseForm
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import pauses_of, stage_entries
from siyu_saas.tenants.queries.people import people_of
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.tenants.rules.stages import missing_for_next

from .blueprints import workspace


@workspace.get("/e/<int:number>/stages")
@may("workspace.see")
def stages():
    return _page()


@workspace.post("/e/<int:number>/stage")
@may("engagement.edit")
def next_stage():
    after = advance(g.engagement, missing=missing(), by=g.actor)
    flash(_("已进入「%(stage)s」", stage=after.title))
    return redirect(url_for("overview.engagement"))


@workspace.post("/e/<int:number>/pause")
@may("engagement.edit")
def stop():
    form = PauseForm()
    if not form.validate():
        return _page(pause=form), 422
    pause(g.engagement, reason=form.reason.data, side=Side(form.side.data), on=today(), by=g.actor)
    flash(_("已暂停，恢复时剩余日期会整体顺延"))
    return redirect(url_for(".stages"))


@workspace.post("/e/<int:number>/pause/removal")
@may("engagement.edit")
def go_on():
    days = resume(g.engagement, on=today(), by=g.actor)
    flash(_("已恢复，剩余日期顺延 %(days)s 天", days=days))
    return redirect(url_for(".stages"))


@workspace.post("/e/<int:number>/archival")
@may("engagement.edit")
def file_away():
    archive(g.engagement, by=g.actor)
    flash(_("已归档，内容仍可查看"))
    return redirect(url_for(".stages"))


@workspace.post("/e/<int:number>/archival/removal")
@may("engagement.edit")
def take_back():
    restore(g.engagement, by=g.actor)
    flash(_("已恢复"))
    return redirect(url_for(".stages"))


@workspace.post("/e/<int:number>/kickoff")
@may("engagement.edit")
def kickoff():
    form = KickoffForm()
    if not form.validate():
        return _page(kickoff=form), 422
    at = form.at.data.replace(tzinfo=SHANGHAI)
    fix_kickoff(g.engagement, at=at, place=form.place.data or "", by=g.actor)
    flash(_("启动会已约好"))
    return redirect(url_for(".stages"))


@workspace.post("/e/<int:number>/coordinator")
@may("engagement.edit")
def coordinator():
    form = CoordinatorForm()
    if not form.validate():
        return _page(coordinator=form), 422
    name_coordinator(g.engagement, form.name.data, by=g.actor)
    flash(_("对接人：%(name)s", name=form.name.data))
    return redirect(url_for(".stages"))


@workspace.get("/engagements/new")
@may("engagement.edit")
def new_engagement():
    return render_template("tenants/new_engagement.html", form=EngagementForm())


@workspace.post("/engagements")
@may("engagement.edit")
def begin():
    form = EngagementForm()
    if not form.validate():
        return render_template("tenants/new_engagement.html", form=form), 422
    _title, days = PACKAGES[form.package.data]
    made = begin_engagement(
        title=form.title.data,
        starts_on=form.starts_on.data,
        days=days,
        package=form.package.data,
        form_key=form.once.data,
        by=g.actor,
    )
    flash(_("服务期「%(title)s」已建好", title=made.title))
    return redirect(url_for("overview.engagement", number=made.number))


def missing() -> list:
    roles = frozenset(role for _name, role in people_of(g.access.tenant_id))
    return missing_for_next(g.engagement.stage, Standing(g.engagement, roles))


def _page(**faulty) -> str:
    engagement = g.engagement or abort(404)
    at = engagement.kickoff_at
    forms = {
        "pause": PauseForm(formdata=None),
        "kickoff": KickoffForm(
            formdata=None,
            at=at.astimezone(SHANGHAI).replace(tzinfo=None) if at else None,
            place=engagement.kickoff_place,
        ),
        "coordinator": CoordinatorForm(formdata=None, name=engagement.coordinator),
        **faulty,
    }
    return render_template(
        "tenants/stages.html",
        engagement=engagement,
        missing=missing(),
        entries=stage_entries(engagement.id),
        pauses=pauses_of(engagement.id),
        forms=forms,
        faulty=next(iter(faulty.values()), None),
    )
