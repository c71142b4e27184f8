"""The matrix of roles: who holds what, with how much time, and who stands in."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.queue import later
from siyu_saas.diagnosis.actions.answering import refuse_published
from siyu_saas.diagnosis.actions.judging import fill_seats
from siyu_saas.diagnosis.forms import SeatsForm
from siyu_saas.diagnosis.jobs import conclude
from siyu_saas.diagnosis.models import Diagnosis
from siyu_saas.diagnosis.queries.diagnoses import diagnosis_to_change, latest_diagnosis
from siyu_saas.diagnosis.rules.team import SEATS, Seat
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprints import diagnosis


@diagnosis.get("/team")
@may("sheet.fill")
def team():
    return _page(_form(_latest()))


@diagnosis.post("/team")
@may("sheet.fill")
def save_team():
    run, form = diagnosis_to_change(_latest().id), SeatsForm()
    refuse_published(run)
    if len(form.seats) != len(SEATS):
        return _page(_form(run)), 422
    if not form.validate():
        return _page(form), 422
    refuse_stale(form, _form(run), back=url_for(".team"))
    seats = [
        Seat(
            role,
            person=entry["person"] or "",
            share=entry["share"],
            has_duty=entry["has_duty"],
            has_kpi=entry["has_kpi"],
            backup=entry["backup"] or "",
        )
        for role, entry in zip(SEATS, form.seats.data, strict=True)
    ]
    fill_seats(run, seats, by=g.actor)
    later(conclude, diagnosis_id=str(run.id))
    flash(_("角色矩阵已保存"))
    return redirect(url_for(".show"))


def _page(form: SeatsForm) -> str:
    return render_template("diagnosis/team.html", form=form, rows=list(zip(SEATS.values(), form.seats, strict=True)))


def _form(run: Diagnosis) -> SeatsForm:
    seats = run.seats or [{"role": role} for role in SEATS]
    return SeatsForm(formdata=None, seats=seats, version=run.version)


def _latest() -> Diagnosis:
    return latest_diagnosis(g.engagement.id) or abort(404)
