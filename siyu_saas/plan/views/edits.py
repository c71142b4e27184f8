"""Edits of a plan through its tasks: days, links, a task taken out or added; collected for consent once it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.actions.edits import edit_plan
from siyu_saas.plan.forms.tasks import DaysForm, NewTaskForm
from siyu_saas.plan.models import Plan, Task
from siyu_saas.plan.queries.plans import milestone_with, milestones_of
from siyu_saas.plan.queries.tasks import task_of_form, task_titles, task_with
from siyu_saas.plan.rules.layout import Span
from siyu_saas.plan.rules.schedule import Work, settled
from siyu_saas.plan.rules.states import Kind, TaskState
from siyu_saas.plan.rules.team import side_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import asked_id

from .blueprint import plan, plan_here, plan_to_write, task_or_404
from .tasks import back_to, task_page


@plan.post("/tasks/<uuid:task_id>/days")
@may("plan.edit")
def move(task_id: UUID):
    """Also what a bar that was dragged sends; a script is told in words what follows."""
    here, row, form = plan_to_write(), task_or_404(task_id), DaysForm()
    if not form.validate():
        return task_page(row, days=form), 422
    if form.ends_on.data < form.starts_on.data:
        form.ends_on.errors = [_("结束日不能早于开始日")]
        return task_page(row, days=form), 422
    work = Work(row.id, row.starts_on, row.ends_on, row.campaign)
    span = settled(Span(form.starts_on.data, form.ends_on.data), work)
    edit = {
        "op": "move",
        "task": str(row.id),
        "starts_on": span.starts_on.isoformat(),
        "ends_on": span.ends_on.isoformat(),
    }
    if row.state is TaskState.ACCEPTED:
        raise NotReady("已经通过的任务不再改日期。")
    return _edited(edit_plan(here, edit, today=today(), by=g.actor), row)


@plan.post("/tasks/<uuid:task_id>/removal")
@may("plan.edit")
def take_out(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    change = edit_plan(here, {"op": "remove", "task": str(row.id)}, today=today(), by=g.actor)
    if change is not None:
        return _edited(change, row)
    flash(_("已删除「%(title)s」", title=row.title))
    return redirect(url_for(".show"))


@plan.post("/tasks/<uuid:task_id>/links")
@may("plan.edit")
def wait_for(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    before = task_or_404(_sent_id("before"))
    edit = {"op": "link", "before": str(before.id), "after": str(row.id)}
    return _edited(edit_plan(here, edit, today=today(), by=g.actor), row)


@plan.post("/tasks/<uuid:task_id>/links/removal")
@may("plan.edit")
def wait_no_more(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    edit = {"op": "unlink", "before": str(_sent_id("before")), "after": str(row.id)}
    return _edited(edit_plan(here, edit, today=today(), by=g.actor), row)


@plan.get("/tasks/new")
@may("plan.edit")
def new_task():
    return _new_task(NewTaskForm(formdata=None, starts_on=today(), ends_on=today()), plan_here())


@plan.post("/tasks")
@may("plan.edit")
def add():
    here, form = plan_to_write(), NewTaskForm()
    _choose_sent(form, here)
    if not form.validate() or _is_flawed(form):
        return _new_task(form, here), 422
    sent_before = task_of_form(form.once.data)
    task_id = sent_before.id if sent_before is not None else new_id()
    change = edit_plan(here, *_additions(form, task_id), today=today(), by=g.actor) if sent_before is None else None
    if change is not None:
        flash(_("已放进待发的改动，预览后发给商家确认"))
        return redirect(url_for(".changing"))
    flash(_("已添加「%(title)s」", title=form.title.data))
    return redirect(url_for(".task", task_id=task_id))


def _is_flawed(form: NewTaskForm) -> bool:
    if Kind(form.kind.data) is Kind.OPERATE and side_of(form.role.data) is not Side.MERCHANT:
        form.role.errors = [_("落地任务只能由商家负责，顾问指导不代做")]
    if form.ends_on.data < form.starts_on.data:
        form.ends_on.errors = [_("结束日不能早于开始日")]
    return bool(form.errors)


def _additions(form: NewTaskForm, task_id: UUID) -> list[dict[str, str]]:
    edit = {
        "op": "add",
        "task": str(task_id),
        "form_key": form.once.data,
        "title": form.title.data,
        "milestone": form.milestone.data or "",
        "kind": form.kind.data,
        "role": form.role.data,
        "starts_on": form.starts_on.data.isoformat(),
        "ends_on": form.ends_on.data.isoformat(),
        "deliverable": form.deliverable.data or "",
        "acceptance": form.acceptance.data or "",
    }
    waits = [{"op": "link", "before": form.after.data, "after": str(task_id)}] if form.after.data else []
    return [edit, *waits]


def _edited(change, row: Task):
    """Where one came from: the Gantt, the task, or in a confirmed plan the change that is being collected."""
    from_gantt = request.form.get("back") == "plan"
    if change is None:
        flash(_("已改好，后面的任务也跟着排好了"))
        return redirect(url_for(".show")) if from_gantt else back_to(row)
    flash(_("已放进待发的改动，预览后发给商家确认"))
    return redirect(url_for(".show" if from_gantt else ".changing"))


def _sent_id(name: str) -> UUID:
    sent = asked_id(request.form.get(name))
    if sent is None:
        raise NotReady("请先选择一项任务。")
    return sent


def _new_task(form: NewTaskForm, here: Plan) -> str:
    _choose(form, [(one.id, one.title) for one in milestones_of(here.id)], task_titles(here.id))
    return render_template("plan/task_new.html", form=form)


def _choose_sent(form: NewTaskForm, here: Plan) -> None:
    """Of all that could be chosen only what was sent is looked up."""
    milestone_id, before_id = asked_id(form.milestone.data), asked_id(form.after.data)
    milestone = milestone_with(here.id, milestone_id) if milestone_id else None
    before = task_with(before_id, engagement_id=here.engagement_id) if before_id else None
    _choose(form, *([(row.id, row.title)] if row is not None else [] for row in (milestone, before)))


def _choose(form: NewTaskForm, milestones: Iterable[tuple[UUID, str]], tasks: Iterable[tuple[UUID, str]]) -> None:
    for field, nothing, rows in (
        (form.milestone, _("不属于里程碑"), milestones),
        (form.after, _("不用等"), tasks),
    ):
        field.choices = [SelectChoice("", nothing), *(SelectChoice(str(row_id), title) for row_id, title in rows)]
