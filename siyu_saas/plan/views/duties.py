"""Who answers for what, changed for this merchant."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.errors import NotReady
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.duties import add_duty, change_duty, copy_duties, drop_duty
from siyu_saas.plan.forms.duties import DutyForm, letters_in_order
from siyu_saas.plan.models import Duty
from siyu_saas.plan.queries.duties import duties_of, duty_with
from siyu_saas.plan.rules.duties import duty_flaw
from siyu_saas.plan.rules.team import ROLE_TITLES
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprint import plan, plan_here, plan_to_write


@plan.get("/duties/new")
@may("plan.edit")
def new_duty():
    plan_here()
    return _page(DutyForm(formdata=None, letters=letters_in_order({})))


@plan.post("/duties")
@may("plan.edit")
def note_duty():
    here, form = plan_here(), DutyForm()
    if not _is_sound(form):
        return _page(form), 422
    row = add_duty(here, title=form.title.data, letters=form.chosen, by=g.actor)
    flash(_("已加上「%(title)s」", title=row.title))
    return _back()


@plan.post("/duties/usual")
@may("plan.edit")
def usual_duties():
    """Those of the merchant's content pack, for a plan that has none."""
    here = plan_to_write()
    if duties_of(here.id):
        raise NotReady(_("已经有职责分配了，逐项修改即可。"))
    copy_duties(here, pack(g.access.pack).responsibilities.values())
    flash(_("已按内容包填好，可以逐项修改"))
    return _back()


@plan.get("/duties/<uuid:duty_id>")
@may("plan.edit")
def edit_duty(duty_id: UUID):
    row = _duty_or_404(duty_id)
    return _page(_filled(row), row)


@plan.post("/duties/<uuid:duty_id>")
@may("plan.edit")
def mend_duty(duty_id: UUID):
    row, form = _duty_or_404(duty_id), DutyForm()
    if not _is_sound(form):
        return _page(form, row), 422
    refuse_stale(form, _filled(row), back=url_for(".edit_duty", duty_id=row.id))
    change_duty(row, title=form.title.data, letters=form.chosen, by=g.actor)
    flash(_("已保存，店主、操盘手和不再有份的人会收到知会"))
    return _back()


@plan.post("/duties/<uuid:duty_id>/removal")
@may("plan.edit")
def remove_duty(duty_id: UUID):
    here = plan_here()
    row = duty_with(here.id, duty_id) or abort(404)
    drop_duty(row, plan=here, by=g.actor)
    flash(_("已删除「%(title)s」，原来有份的人会收到知会", title=row.title))
    return _back()


def _is_sound(form: DutyForm) -> bool:
    if not form.validate():
        return False
    flaw = duty_flaw(form.chosen)
    if flaw:
        form.title.errors = [flaw]
    return not flaw


def _page(form: DutyForm, row: Duty | None = None) -> str:
    fields = list(zip(ROLE_TITLES.values(), form.letters, strict=True))
    return render_template("plan/duty.html", form=form, duty=row, fields=fields)


def _filled(row: Duty) -> DutyForm:
    return DutyForm(formdata=None, title=row.title, letters=letters_in_order(row.letters), version=row.version)


def _duty_or_404(duty_id: UUID) -> Duty:
    return duty_with(plan_here().id, duty_id) or abort(404)


def _back():
    return redirect(url_for(".team") + "#duties")
