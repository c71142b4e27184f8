"""The dictionary of tags with the groups they lead to, and the standard procedures."""

from __future__ import annotations

import io
from itertools import groupby
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.sheets import as_xlsx
from siyu_saas.guidance.actions.groups import (
    add_step,
    add_tag,
    change_step,
    drop_step,
    drop_tag,
    lay_steps,
    lay_tags,
    point_tag,
)
from siyu_saas.guidance.forms.groups import PointForm, StepForm, TagForm
from siyu_saas.guidance.queries.groups import step_with, steps_of, tag_with, tags_of
from siyu_saas.guidance.rules.groups import GroupKind
from siyu_saas.packs.library import pack
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprints import guidance
from .campaign_reviews import XLSX

SOP_HEAD = ["场景", "第几天", "触发", "动作", "时限", "责任", "例外"]


@guidance.get("/tags")
@may("item.see")
def tags():
    return _tags_page(TagForm(formdata=None))


@guidance.post("/tags")
@may("item.work")
def put_tag():
    form = TagForm()
    if any((row.family, row.value) == (form.family.data, form.value.data) for row in tags_of(g.engagement.id)):
        form.validate()
        form.value.errors = [_("这个标签组里已经有它了")]
    if form.errors or not form.validate():
        return _tags_page(form), 422
    add_tag(engagement_id=g.engagement.id, **{name: value or "" for name, value in form.data.items()})
    return redirect(url_for(".tags"))


@guidance.post("/tags/template")
@may("item.work")
def lay_tag_template():
    added = lay_tags(_pack().tags.values(), engagement_id=g.engagement.id, by=g.actor)
    flash(_("已加入 %(count)s 个标签", count=added))
    return redirect(url_for(".tags"))


@guidance.post("/tags/<uuid:tag_id>/direction")
@may("item.work")
def direct_tag(tag_id: UUID):
    row, form = _tag_or_404(tag_id), PointForm()
    if form.validate():
        point_tag(row, GroupKind(form.leads_to.data) if form.leads_to.data else None)
    return redirect(url_for(".tags"))


@guidance.post("/tags/<uuid:tag_id>/removal")
@may("item.work")
def remove_tag(tag_id: UUID):
    drop_tag(_tag_or_404(tag_id))
    return redirect(url_for(".tags"))


@guidance.get("/procedures")
@may("item.see")
def procedures():
    return _procedures_page(StepForm(formdata=None))


@guidance.post("/procedures")
@may("item.work")
def put_step():
    form = StepForm()
    if not form.validate():
        return _procedures_page(form), 422
    add_step(engagement_id=g.engagement.id, **_step_fields(form))
    return redirect(url_for(".procedures"))


@guidance.post("/procedures/template")
@may("item.work")
def lay_procedures():
    added = lay_steps(_pack().procedures.values(), engagement_id=g.engagement.id, by=g.actor)
    flash(_("已加入 %(count)s 个步骤", count=added))
    return redirect(url_for(".procedures"))


@guidance.get("/procedures/<uuid:step_id>")
@may("item.see")
def step(step_id: UUID):
    row = _step_or_404(step_id)
    return render_template("guidance/step.html", step=row, form=StepForm(formdata=None, obj=row))


@guidance.post("/procedures/<uuid:step_id>")
@may("item.work")
def edit_step(step_id: UUID):
    row, form = _step_or_404(step_id), StepForm()
    if not form.validate():
        return render_template("guidance/step.html", step=row, form=form), 422
    refuse_stale(form, StepForm(formdata=None, obj=row), back=url_for(".step", step_id=row.id))
    change_step(row, **_step_fields(form))
    flash(_("已保存"))
    return redirect(url_for(".procedures"))


@guidance.post("/procedures/<uuid:step_id>/removal")
@may("item.work")
def remove_step(step_id: UUID):
    drop_step(_step_or_404(step_id))
    return redirect(url_for(".procedures"))


@guidance.get("/procedures.xlsx")
@may("item.see")
def export_procedures():
    rows = [
        (one.scene, one.day, one.trigger, one.action, one.within, one.role, one.exception)
        for one in steps_of(g.engagement.id)
    ]
    content = io.BytesIO(as_xlsx("SOP", SOP_HEAD, rows))
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{g.access.name}-SOP.xlsx")


def _tags_page(form: TagForm) -> str:
    rows = tags_of(g.engagement.id)
    families = [(family, list(found)) for family, found in groupby(rows, key=lambda row: row.family)]
    return render_template("guidance/tags.html", families=families, form=form, kinds=list(GroupKind))


def _procedures_page(form: StepForm) -> str:
    rows = steps_of(g.engagement.id)
    scenes = [(scene, list(found)) for scene, found in groupby(rows, key=lambda row: row.scene)]
    return render_template("guidance/procedures.html", scenes=scenes, form=form)


def _step_fields(form: StepForm) -> dict:
    found = {name: "" if value is None else value for name, value in form.data.items() if name != "version"}
    return {**found, "day": form.day.data or 0}


def _tag_or_404(tag_id: UUID):
    return tag_with(tag_id, g.engagement.id) or abort(404)


def _step_or_404(step_id: UUID):
    return step_with(step_id, g.engagement.id) or abort(404)


def _pack():
    return pack(g.access.pack)
