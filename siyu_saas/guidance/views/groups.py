"""The ledger of customer groups."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.guidance.actions.groups import change_group, dissolve_group, note_week, open_group
from siyu_saas.guidance.forms.groups import GroupForm, WeekForm
from siyu_saas.guidance.models import Group
from siyu_saas.guidance.queries.groups import group_with, groups_of, newest_weeks, weeks_of
from siyu_saas.guidance.rules.groups import hints
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprints import guidance


@guidance.get("/groups")
@may("item.see")
def groups():
    rows, weeks = groups_of(g.engagement.id), newest_weeks(g.engagement.id)
    return render_template(
        "guidance/groups.html", rows=[(row, weeks.get(row.id), hints(row, weeks.get(row.id))) for row in rows]
    )


@guidance.get("/groups/new")
@may("item.work")
def new_group():
    return render_template("guidance/group.html", group=None, form=GroupForm(formdata=None, opened_on=today()))


@guidance.post("/groups")
@may("item.work")
def put_group():
    form = GroupForm()
    if not _free(form) or not form.validate():
        return render_template("guidance/group.html", group=None, form=form), 422
    row = open_group(engagement_id=g.engagement.id, by=g.actor, **_fields(form))
    flash(_("已登记「%(name)s」", name=row.name))
    return redirect(url_for(".groups"))


@guidance.get("/groups/<uuid:group_id>")
@may("item.see")
def group(group_id: UUID):
    row = _group_or_404(group_id)
    return _page(row, GroupForm(formdata=None, obj=row))


@guidance.post("/groups/<uuid:group_id>")
@may("item.work")
def edit_group(group_id: UUID):
    row, form = _group_or_404(group_id), GroupForm()
    if not _free(form, row) or not form.validate():
        return _page(row, form), 422
    refuse_stale(form, GroupForm(formdata=None, obj=row), back=url_for(".group", group_id=row.id))
    change_group(row, by=g.actor, **_fields(form))
    flash(_("已保存"))
    return redirect(url_for(".group", group_id=row.id))


@guidance.post("/groups/<uuid:group_id>/weeks")
@may("item.work")
def put_week(group_id: UUID):
    row, form = _group_or_404(group_id), WeekForm()
    if not form.validate():
        return _page(row, GroupForm(formdata=None, obj=row), form), 422
    day = form.week.data
    figures = {name: value for name, value in form.data.items() if name != "week"}
    note_week(row, day - timedelta(days=day.weekday()), **figures)
    flash(_("周数据已保存"))
    return redirect(url_for(".group", group_id=row.id))


@guidance.post("/groups/<uuid:group_id>/dissolution")
@may("item.work")
def dissolve(group_id: UUID):
    dissolve_group(_group_or_404(group_id), on=today(), by=g.actor)
    flash(_("已记为解散，对比数据时会单列"))
    return redirect(url_for(".groups"))


def _page(row: Group, form: GroupForm, week: WeekForm | None = None) -> str:
    last = today() - timedelta(days=today().weekday() + 7)
    weeks = weeks_of(row.id)
    return render_template(
        "guidance/group.html",
        group=row,
        form=form,
        week=week or WeekForm(formdata=None, week=last),
        weeks=weeks,
        hints=hints(row, weeks[0] if weeks else None),
    )


def _free(form: GroupForm, but: Group | None = None) -> bool:
    """Whether the name is not another group's; says so at the field."""
    taken = any(row.name == form.name.data and row is not but for row in groups_of(g.engagement.id))
    if taken:
        form.validate()
        form.name.errors = [_("已经有一个同名的群，请换一个序号")]
    return not taken


def _fields(form: GroupForm) -> dict:
    return {name: "" if value is None else value for name, value in form.data.items() if name != "version"}


def _group_or_404(group_id: UUID) -> Group:
    return group_with(group_id, g.engagement.id) or abort(404)
