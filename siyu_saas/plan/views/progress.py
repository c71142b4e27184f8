"""A task on its way: begun, handed in, accepted or returned, held up."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.plan.actions.tasks import accept, get_free, get_stuck, give_back, start, submit
from siyu_saas.plan.forms.tasks import ReturnForm, StuckForm, SubmitForm
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side

from .blueprint import plan, plan_to_write, task_or_404
from .tasks import back_to, task_page


@plan.post("/tasks/<uuid:task_id>/start")
@may("task.work")
def begin(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    ahead = start(row, plan=here, side=g.access.side, today=today(), by=g.actor)
    if ahead:
        flash(_("已开始。前置任务还没完成：%(titles)s", titles="、".join(ahead)), "warn")
    else:
        flash(_("已开始"))
    return back_to(row)


@plan.post("/tasks/<uuid:task_id>/submission")
@may("task.work")
def hand_in(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), SubmitForm()
    if not form.validate():
        return task_page(row, submission=form), 422
    submit(row, plan=here, side=g.access.side, remark=form.remark.data or "", today=today(), by=g.actor)
    flash(_("已提交，等对方验收"))
    return back_to(row)


@plan.post("/tasks/<uuid:task_id>/acceptance")
@may("task.review")
def take(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    following = accept(row, plan=here, side=g.access.side, today=today(), by=g.actor)
    if following is not None:
        flash(_("已通过，下一次已排好"))
    else:
        flash(_("已通过"))
    return back_to(row)


@plan.post("/tasks/<uuid:task_id>/return")
@may("task.review")
def hand_back(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), ReturnForm()
    if not form.validate():
        return task_page(row, returning=form), 422
    give_back(row, plan=here, side=g.access.side, reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已退回，对方会看到原因"))
    return back_to(row)


@plan.post("/tasks/<uuid:task_id>/hold")
@may("task.work")
def hold(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), StuckForm()
    if not form.validate():
        return task_page(row, stuck=form), 422
    get_stuck(row, plan=here, side=Side(form.side.data), reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已标为卡住，从今天起计时"))
    return back_to(row)


@plan.post("/tasks/<uuid:task_id>/hold/removal")
@may("task.work")
def release(task_id: UUID):
    plan_to_write()
    row = task_or_404(task_id)
    get_free(row, today=today(), by=g.actor)
    flash(_("已解除，计时停止"))
    return back_to(row)
