"""The content calendar, a week at a time."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.core.errors import Conflict
from siyu_saas.guidance.actions.content import add_slot, change_slot, drop_slot, lay_week, move_slot
from siyu_saas.guidance.forms.groups import SlotForm
from siyu_saas.guidance.forms.items import SeenForm
from siyu_saas.guidance.models import Slot
from siyu_saas.guidance.queries.content import slot_with, slots_between
from siyu_saas.guidance.queries.groups import groups_of
from siyu_saas.guidance.rules.content import ABOUT_SHARES, Line, SlotState, overloads, shares
from siyu_saas.packs.library import pack
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import asked_day, refuse_stale

from .blueprints import guidance

WEEK = timedelta(days=7)


@guidance.get("/content")
@may("item.see")
def content():
    monday = _monday(request.args.get("week"))
    slots, groups = (
        slots_between(g.engagement.id, monday, monday + WEEK - timedelta(days=1)),
        groups_of(g.engagement.id),
    )
    return render_template(
        "guidance/content.html",
        monday=monday,
        before=monday - WEEK,
        after=monday + WEEK,
        days=[(monday + timedelta(days=place), []) for place in range(7)],
        slots=slots,
        lines=shares((one.line for one in slots), {Line(one.key): one.pct for one in _pack().content_week.mix}),
        abouts=shares((one.about for one in slots), ABOUT_SHARES),
        loads=overloads(slots),
        names={group.id: group.name for group in groups},
    )


@guidance.post("/content/week")
@may("item.work")
def lay_content():
    monday = _monday(request.form.get("week"))
    added = lay_week(_pack().content_week, engagement_id=g.engagement.id, monday=monday, by=g.actor)
    flash(_("已按周模板排好 %(count)s 条，选题按你们的货品改一改", count=added) if added else _("这一周已经排满了"))
    return redirect(url_for(".content", week=monday.isoformat()))


@guidance.get("/content/new")
@may("item.work")
def new_slot():
    return render_template("guidance/slot.html", slot=None, form=_form(on=_monday(request.args.get("week"))))


@guidance.post("/content")
@may("item.work")
def put_slot():
    form = _form()
    if not form.validate():
        return render_template("guidance/slot.html", slot=None, form=form), 422
    row = add_slot(engagement_id=g.engagement.id, **_fields(form))
    flash(_("已加入日历"))
    return redirect(url_for(".content", week=_monday(row.on.isoformat()).isoformat()))


@guidance.get("/content/<uuid:slot_id>")
@may("item.see")
def slot(slot_id: UUID):
    row = _slot_or_404(slot_id)
    return render_template("guidance/slot.html", slot=row, form=_form(formdata=None, obj=row))


@guidance.post("/content/<uuid:slot_id>")
@may("item.work")
def edit_slot(slot_id: UUID):
    row, form = _slot_or_404(slot_id), _form()
    if not form.validate():
        return render_template("guidance/slot.html", slot=row, form=form), 422
    refuse_stale(form, _form(formdata=None, obj=row), back=url_for(".slot", slot_id=row.id))
    change_slot(row, **_fields(form))
    flash(_("已保存"))
    return redirect(url_for(".slot", slot_id=row.id))


@guidance.post("/content/<uuid:slot_id>/approval")
@may("text.approve")
def approve_slot(slot_id: UUID):
    row = _slot_or_404(slot_id)
    if row.version != SeenForm().version.data:
        raise Conflict([(_("文案"), _("你打开页面时的文案"), row.text)], back=url_for(".slot", slot_id=row.id))
    move_slot(row, SlotState.APPROVED)
    return redirect(url_for(".slot", slot_id=slot_id))


@guidance.post("/content/<uuid:slot_id>/posting")
@may("item.work")
def post_slot(slot_id: UUID):
    move_slot(_slot_or_404(slot_id), SlotState.POSTED)
    return redirect(url_for(".slot", slot_id=slot_id))


@guidance.post("/content/<uuid:slot_id>/removal")
@may("item.work")
def remove_slot(slot_id: UUID):
    row = _slot_or_404(slot_id)
    drop_slot(row)
    return redirect(url_for(".content", week=_monday(row.on.isoformat()).isoformat()))


def _form(**options) -> SlotForm:
    form = SlotForm(**options)
    groups = groups_of(g.engagement.id)
    form.group_id.choices = [SelectChoice("", _("全部群"))] + [SelectChoice(str(one.id), one.name) for one in groups]
    if not form.is_submitted() and options.get("obj") is not None:
        form.group_id.data = str(options["obj"].group_id or "")
    return form


def _fields(form: SlotForm) -> dict:
    found = {name: value for name, value in form.data.items() if name != "version"}
    found["group_id"] = UUID(found["group_id"]) if found["group_id"] else None
    return {name: "" if value is None and name != "group_id" else value for name, value in found.items()}


def _monday(text: str | None) -> date:
    day = asked_day(text) or today()
    return day - timedelta(days=day.weekday())


def _slot_or_404(slot_id: UUID) -> Slot:
    return slot_with(slot_id, g.engagement.id) or abort(404)


def _pack():
    return pack(g.access.pack)
