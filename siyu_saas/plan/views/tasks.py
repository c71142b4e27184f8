"""One task: why it is here, what counts as done, and everything that happens to it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.changes import edit_plan
from siyu_saas.plan.actions.tasks import accept, assign, get_free, get_stuck, give_back, mend, start, submit
from siyu_saas.plan.forms.tasks import (
    DaysForm,
    DetailsForm,
    NewTaskForm,
    OwnerForm,
    ReturnForm,
    StuckForm,
    SubmitForm,
)
from siyu_saas.plan.models import Task
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import events_about, neighbours, place_of, task_titles
from siyu_saas.plan.rules.layout import Span
from siyu_saas.plan.rules.schedule import Work, settled
from siyu_saas.plan.rules.states import Kind, Repeats, TaskState, is_late
from siyu_saas.plan.rules.stories import TASK_STORY
from siyu_saas.plan.rules.team import role_title, side_of
from siyu_saas.plan.rules.weeks import slip_days, status_of
from siyu_saas.talk.views import thread_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.people import members_of
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import refuse_stale

from .blueprint import plan, plan_here, plan_to_write, task_or_404

NOBODY = ""
HISTORY_SHOWN = 50


@plan.get("/tasks/<uuid:task_id>")
@may("plan.see")
def task(task_id: UUID):
    return _page(task_or_404(task_id))


@plan.get("/tasks/<uuid:task_id>/history")
@may("plan.see")
def history(task_id: UUID):
    """Asked for after the page."""
    row = task_or_404(task_id)
    events = [(event, TASK_STORY.get(event.verb, event.object_label)) for event in events_about(row.id, HISTORY_SHOWN)]
    template = "plan/_history.html" if "HX-Request" in request.headers else "plan/history.html"
    return render_template(template, task=row, events=events)


@plan.post("/tasks/<uuid:task_id>/start")
@may("task.work")
def begin(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    ahead = start(row, plan=here, side=g.access.side, today=today(), by=g.actor)
    if ahead:
        flash(_("已开始。前置任务还没完成：%(titles)s", titles="、".join(ahead)), "warn")
    else:
        flash(_("已开始"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/submission")
@may("task.work")
def hand_in(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), SubmitForm()
    if not form.validate():
        return _page(row, submission=form), 422
    submit(row, plan=here, side=g.access.side, remark=form.remark.data or "", today=today(), by=g.actor)
    flash(_("已提交，等对方验收"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/acceptance")
@may("task.review")
def take(task_id: UUID):
    here, row = plan_to_write(), task_or_404(task_id)
    following = accept(row, plan=here, side=g.access.side, today=today(), by=g.actor)
    if following is not None:
        flash(_("已通过，下一次已排好"))
    else:
        flash(_("已通过"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/return")
@may("task.review")
def hand_back(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), ReturnForm()
    if not form.validate():
        return _page(row, returning=form), 422
    give_back(row, plan=here, side=g.access.side, reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已退回，对方会看到原因"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/hold")
@may("task.work")
def hold(task_id: UUID):
    here, row, form = plan_to_write(), task_or_404(task_id), StuckForm()
    if not form.validate():
        return _page(row, stuck=form), 422
    get_stuck(row, plan=here, side=Side(form.side.data), reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已标为卡住，从今天起计时"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/hold/removal")
@may("task.work")
def release(task_id: UUID):
    plan_to_write()
    row = task_or_404(task_id)
    get_free(row, today=today(), by=g.actor)
    flash(_("已解除，计时停止"))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/owner")
@may("plan.edit")
def give_to(task_id: UUID):
    row, form = task_or_404(task_id), OwnerForm()
    people = _choose_people(form)
    if not form.validate():
        return _editor(row, _details(row), form), 422
    person = form.person.data or None
    assign(
        row,
        user_id=UUID(person) if person else None,
        name=people[person] if person else form.name.data or "",
        by=g.actor,
    )
    flash(_("负责人：%(name)s", name=row.owner_name or _("待定")))
    return _back(row)


@plan.post("/tasks/<uuid:task_id>/days")
@may("plan.edit")
def move(task_id: UUID):
    """Also what a bar that was dragged sends; a script is told in words what follows."""
    here, row, form = plan_to_write(), task_or_404(task_id), DaysForm()
    if not form.validate():
        return _page(row, days=form), 422
    if form.ends_on.data < form.starts_on.data:
        form.ends_on.errors = [_("结束日不能早于开始日")]
        return _page(row, days=form), 422
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


@plan.get("/tasks/<uuid:task_id>/edit")
@may("plan.edit")
def edit_task(task_id: UUID):
    row = task_or_404(task_id)
    return _editor(row, _details(row))


@plan.post("/tasks/<uuid:task_id>/details")
@may("plan.edit")
def mend_task(task_id: UUID):
    row, form = task_or_404(task_id), DetailsForm()
    if not form.validate():
        return _editor(row, form), 422
    refuse_stale(form, _details(row), back=url_for(".edit_task", task_id=row.id))
    values = {
        **{name: form[name].data or "" for name in ("title", "role", "helpers", "deliverable", "acceptance")},
        "kind": Kind(form.kind.data),
        "repeats": Repeats(form.repeats.data),
        "campaign": form.campaign.data,
        "side": side_of(form.role.data),
    }
    mend(row, values, by=g.actor)
    flash(_("已保存"))
    return _back(row)


@plan.get("/tasks/new")
@may("plan.edit")
def new_task():
    here = plan_here()
    form = NewTaskForm(formdata=None, starts_on=today(), ends_on=today())
    return _new_task(_choose_places(form, here.id))


@plan.post("/tasks")
@may("plan.edit")
def add():
    here, form = plan_to_write(), NewTaskForm()
    _choose_places(form, here.id)
    if not form.validate():
        return _new_task(form), 422
    kind, role = Kind(form.kind.data), form.role.data
    if kind is Kind.OPERATE and side_of(role) is not Side.MERCHANT:
        form.role.errors = [_("落地任务只能由商家负责，顾问指导不代做")]
        return _new_task(form), 422
    if form.ends_on.data < form.starts_on.data:
        form.ends_on.errors = [_("结束日不能早于开始日")]
        return _new_task(form), 422
    task_id = str(new_id())
    change = edit_plan(
        here,
        {
            "op": "add",
            "task": task_id,
            "title": form.title.data,
            "milestone": form.milestone.data or "",
            "kind": kind.value,
            "role": role,
            "starts_on": form.starts_on.data.isoformat(),
            "ends_on": form.ends_on.data.isoformat(),
            "deliverable": form.deliverable.data or "",
            "acceptance": form.acceptance.data or "",
        },
        today=today(),
        by=g.actor,
    )
    if form.after.data:
        edit_plan(here, {"op": "link", "before": form.after.data, "after": task_id}, today=today(), by=g.actor)
    if change is not None:
        flash(_("已放进待发的改动，预览后发给商家确认"))
        return redirect(url_for(".changing"))
    flash(_("已添加「%(title)s」", title=form.title.data))
    return redirect(url_for(".task", task_id=task_id))


def _page(row: Task, **faulty) -> str:
    day, side = today(), g.access.side
    works = g.access.may("task.work") and side is row.side
    reviews = g.access.may("task.review") and side is not row.side
    edits = g.access.may("plan.edit")
    forms = {
        "submission": SubmitForm(formdata=None, remark=row.remark if row.state is TaskState.SUBMITTED else ""),
        "returning": ReturnForm(formdata=None),
        "stuck": StuckForm(formdata=None),
        "days": DaysForm(formdata=None, starts_on=row.starts_on, ends_on=row.ends_on),
        **faulty,
    }
    around, place = neighbours(row.id), place_of(row)
    return render_template(
        "plan/task.html",
        task=row,
        place=place,
        status=status_of(row, day),
        late=is_late(row.state, row.ends_on, day),
        slip=slip_days(row),
        today=day,
        before=[one for one in around if one.before],
        after=[one for one in around if not one.before],
        works=works,
        reviews=reviews,
        edits=edits,
        forms=forms,
        faulty=next(iter(faulty.values()), None),
        role_title=role_title,
        checklists=_checklists(row, place.pack),
        **thread_context("task", row.id),
    )


def _checklists(row: Task, pack_key: str) -> list[tuple[str, str]]:
    """Key and title of the pack's checklists; what is in them belongs to guidance."""
    known = pack(pack_key).checklists if pack_key else {}
    return [(key, known[key].title if key in known else key) for key in row.checklists]


def _edited(change, row: Task):
    """Where one came from: the Gantt, the task, or in a confirmed plan the change that is being collected."""
    from_gantt = request.form.get("back") == "plan"
    if change is None:
        flash(_("已改好，后面的任务也跟着排好了"))
        return redirect(url_for(".show")) if from_gantt else _back(row)
    flash(_("已放进待发的改动，预览后发给商家确认"))
    return redirect(url_for(".show" if from_gantt else ".changing"))


def _back(row: Task):
    return redirect(url_for(".task", task_id=row.id))


def _sent_id(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        raise NotReady("请先选择一项任务。") from None


def _details(row: Task) -> DetailsForm:
    return DetailsForm(formdata=None, obj=row)


def _editor(row: Task, form: DetailsForm, owner: OwnerForm | None = None) -> str:
    if owner is None:
        name = "" if row.owner_id else row.owner_name
        owner = OwnerForm(formdata=None, person=str(row.owner_id or NOBODY), name=name)
        _choose_people(owner)
    others = [(task_id, title) for task_id, title in task_titles(row.plan_id) if task_id != row.id]
    return render_template("plan/task_edit.html", task=row, form=form, owner=owner, others=others)


def _new_task(form: NewTaskForm) -> str:
    return render_template("plan/task_new.html", form=form)


def _choose_places(form: NewTaskForm, plan_id: UUID) -> NewTaskForm:
    form.milestone.choices = [
        SelectChoice("", _("不属于里程碑")),
        *(SelectChoice(str(one.id), one.title) for one in milestones_of(plan_id)),
    ]
    form.after.choices = [
        SelectChoice("", _("不用等")),
        *(SelectChoice(str(task_id), title) for task_id, title in task_titles(plan_id)),
    ]
    return form


def _choose_people(form: OwnerForm) -> dict[str, str]:
    people = {str(user.id): user.name for _member, user in members_of(g.access.tenant_id)}
    form.person.choices = [
        SelectChoice(NOBODY, _("待定")),
        *(SelectChoice(key, name) for key, name in people.items()),
    ]
    return people
