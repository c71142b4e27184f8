"""The open change set: what it does, sending it, and what became of earlier ones."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.plan.actions.changes import preview, send_change, withdraw_change
from siyu_saas.plan.forms.plans import ReasonForm
from siyu_saas.plan.queries.changes import changes_of, open_change
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.tenants.guards import may

from .blueprint import plan, plan_here, plan_to_write

CHANGES_SHOWN = 30


@plan.get("/change")
@may("plan.see")
def changing():
    return _page(ReasonForm(formdata=None))


@plan.post("/change/proposal")
@may("plan.edit")
def send_edits():
    form = ReasonForm()
    if not form.validate():
        return _page(form), 422
    here = plan_to_write()
    change = send_change(
        here, open_change(here.id) or abort(404), reason=form.reason.data or "", today=today(), by=g.actor
    )
    if change.state is ChangeState.INFORMED:
        flash(_("改动很小，已经生效并知会商家"))
    else:
        flash(_("已发给商家确认，确认之前按原计划走"))
    return redirect(url_for(".show"))


@plan.post("/change/removal")
@may("plan.edit")
def drop_edits():
    here = plan_to_write()
    withdraw_change(here, open_change(here.id) or abort(404), today=today(), by=g.actor)
    flash(_("已撤回这组改动，计划没有变"))
    return redirect(url_for(".show"))


def _page(form: ReasonForm) -> str:
    here = plan_here()
    every = changes_of(here.id, CHANGES_SHOWN)
    change = next((one for one in every if one.state in UNFINISHED), None)
    edits = g.access.may("plan.edit")
    if change is not None and change.state is ChangeState.DRAFT and not edits:
        change = None
    impact = change and (change.impact if change.impact else preview(here, change, today=today()).as_dict())
    return render_template(
        "plan/change.html",
        plan=here,
        change=change,
        impact=impact,
        form=form,
        edits=edits,
        others=[one for one in every if one.state not in UNFINISHED],
    )


UNFINISHED = (ChangeState.DRAFT, ChangeState.PROPOSED)
