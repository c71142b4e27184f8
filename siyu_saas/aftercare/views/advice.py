"""Advice for the time after: picked from the library, adapted, looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.aftercare.actions import adapt_advice, drop_advice, pick_advice
from siyu_saas.aftercare.forms import AdviceForm
from siyu_saas.aftercare.queries import pick_with, picks_of
from siyu_saas.core.clock import today
from siyu_saas.packs.library import pack
from siyu_saas.packs.shapes.playbook import Advice
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprints import aftercare


@aftercare.get("/advice")
@may("aftercare.see")
def advice():
    picks = picks_of(g.engagement.id)
    taken = {pick.key for pick in picks}
    library = [one for one in _library().values() if one.key not in taken] if g.access.may("aftercare.review") else []
    return render_template("aftercare/advice.html", picks=picks, library=library, today=today())


@aftercare.post("/advice")
@may("aftercare.review")
def pick():
    one = _library().get(request.form.get("key", "")) or abort(404)
    if one.key not in {row.key for row in picks_of(g.engagement.id)}:
        pick_advice(one, engagement_id=g.engagement.id, on=today(), by=g.actor)
    flash(_("已选入，可以按商家情况改写"))
    return redirect(url_for(".advice"))


@aftercare.get("/advice/<uuid:advice_id>")
@may("aftercare.review")
def edit_advice(advice_id: UUID):
    row = pick_with(advice_id) or abort(404)
    return render_template("aftercare/edit_advice.html", form=AdviceForm(formdata=None, obj=row), row=row)


@aftercare.post("/advice/<uuid:advice_id>")
@may("aftercare.review")
def save_advice(advice_id: UUID):
    row, form = pick_with(advice_id) or abort(404), AdviceForm()
    if not form.validate():
        return render_template("aftercare/edit_advice.html", form=form, row=row), 422
    refuse_stale(form, AdviceForm(formdata=None, obj=row), back=url_for(".edit_advice", advice_id=row.id))
    adapt_advice(row, action=form.action.data, why=form.why.data, review_on=form.review_on.data, by=g.actor)
    flash(_("已保存"))
    return redirect(url_for(".advice"))


@aftercare.post("/advice/<uuid:advice_id>/removal")
@may("aftercare.review")
def remove_advice(advice_id: UUID):
    drop_advice(pick_with(advice_id) or abort(404), by=g.actor)
    flash(_("已移除这条建议"))
    return redirect(url_for(".advice"))


def _library() -> Mapping[str, Advice]:
    return pack(g.access.pack).advice
