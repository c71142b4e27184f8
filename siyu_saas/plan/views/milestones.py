"""Milestones: what is in them, the merchant's sign-off, and satisfaction."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.core.clock import today
from siyu_saas.core.database import end_reading
from siyu_saas.plan.actions.milestones import ask_sign_off, mend_milestone, rate, send_back, sign_off
from siyu_saas.plan.forms.milestones import MOST_STARS, MilestoneForm, SatisfactionForm
from siyu_saas.plan.forms.plans import RefusalForm
from siyu_saas.plan.kinds import MILESTONE
from siyu_saas.plan.models import Milestone
from siyu_saas.plan.queries.plans import milestone_with, plan_of
from siyu_saas.plan.queries.tasks import count_outside_milestones, counted_milestones, tasks_in
from siyu_saas.plan.rules.states import Gate, TaskState
from siyu_saas.signing.forms import SignForm
from siyu_saas.signing.queries import latest
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .blueprint import plan, plan_here, plan_to_write, signer
from .seeing import dated, head_of


@plan.get("/milestones")
@may("plan.see")
def milestones():
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    rows = counted_milestones(here.id)
    return render_template(
        "plan/milestones.html",
        **head_of(here, "plan.milestones", sum(row[1] for row in rows) + count_outside_milestones(here.id)),
        milestones=rows,
        today=today(),
    )


@plan.get("/milestones/<uuid:milestone_id>")
@may("plan.see")
def milestone(milestone_id: UUID):
    return _page(_milestone_or_404(milestone_id))


@plan.post("/milestones/<uuid:milestone_id>/request")
@may("plan.edit")
def ask(milestone_id: UUID):
    here, row = plan_to_write(), _milestone_or_404(milestone_id)
    ask_sign_off(row, plan=here, today=today(), by=g.actor)
    flash(_("已请商家签收"))
    return _back(row)


@plan.post("/milestones/<uuid:milestone_id>/signature")
@may("milestone.sign")
def sign_milestone(milestone_id: UUID):
    form = SignForm()
    row = _milestone_or_404(milestone_id)
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有签收")]
        return _page(row, form=form), 422
    sign_off(row, seen_sha256=form.sha256.data or "", signer=signer(), proof=proof, today=today(), by=g.actor)
    flash(_("已签收。觉得怎么样？点一下就好"))
    return _back(row)


@plan.post("/milestones/<uuid:milestone_id>/refusal")
@may("milestone.sign")
def refuse_milestone(milestone_id: UUID):
    row, form = _milestone_or_404(milestone_id), RefusalForm()
    if not form.validate():
        return _page(row, refusal=form), 422
    send_back(row, reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已告诉顾问还缺什么"))
    return _back(row)


@plan.post("/milestones/<uuid:milestone_id>/satisfaction")
@may("milestone.sign")
def satisfy(milestone_id: UUID):
    row, form = _milestone_or_404(milestone_id), SatisfactionForm()
    if not form.validate():
        return _page(row, satisfaction=form), 422
    rate(row, stars=form.stars.data, note=form.note.data or "", by=g.actor)
    flash(_("谢谢，顾问已经看到"))
    return _back(row)


@plan.get("/milestones/<uuid:milestone_id>/edit")
@may("plan.edit")
def edit_milestone(milestone_id: UUID):
    row = _milestone_or_404(milestone_id)
    return render_template("plan/milestone_edit.html", milestone=row, form=MilestoneForm(formdata=None, obj=row))


@plan.post("/milestones/<uuid:milestone_id>/details")
@may("plan.edit")
def save_milestone(milestone_id: UUID):
    row, form = _milestone_or_404(milestone_id), MilestoneForm()
    if not form.validate():
        return render_template("plan/milestone_edit.html", milestone=row, form=form), 422
    back = url_for(".edit_milestone", milestone_id=row.id)
    refuse_stale(form, MilestoneForm(formdata=None, obj=row), back=back)
    values = {name: form[name].data or "" for name in ("title", "deliverable", "acceptance")}
    values |= {"gate": Gate(form.gate.data), "required": form.required.data}
    mend_milestone(row, values, by=g.actor)
    flash(_("已保存"))
    return _back(row)


def _milestone_or_404(milestone_id: UUID) -> Milestone:
    return milestone_with(plan_here().id, milestone_id) or abort(404)


def _back(row: Milestone):
    return redirect(url_for(".milestone", milestone_id=row.id))


def _page(row: Milestone, **faulty) -> str:
    form = faulty.get("form", SignForm(formdata=None))
    document = latest(MILESTONE.key, row.id) if row.asked_at else None
    proof = asked_proof(current_user)
    form.sha256.data = document.sha256 if document else None
    if proof:
        form.proof.label.text = proof.title
    tasks = tasks_in(row.id)
    return render_template(
        "plan/milestone.html",
        milestone=row,
        total=len(tasks),
        done=sum(task.state is TaskState.ACCEPTED for task in tasks),
        document=document,
        may_sign=document is not None and row.reached_on is None and g.access.may("milestone.sign"),
        proof=proof,
        form=form,
        refusal=faulty.get("refusal", RefusalForm(formdata=None)),
        satisfaction=faulty.get(
            "satisfaction", SatisfactionForm(formdata=None, stars=row.satisfaction, note=row.satisfaction_note)
        ),
        stars=range(1, MOST_STARS + 1),
        faulty=next(iter(faulty.values()), None),
        groups=dated(tasks, today()),
    )
