"""One task: why it is here, what counts as done, what happened to it; its words and its owner."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.tasks import assign, mend
from siyu_saas.plan.forms.tasks import DaysForm, DetailsForm, OwnerForm, ReturnForm, StuckForm, SubmitForm
from siyu_saas.plan.models import Task
from siyu_saas.plan.queries.tasks import events_about, place_of, task_titles
from siyu_saas.plan.queries.works import neighbours
from siyu_saas.plan.rules.holds import Hold, holds_of
from siyu_saas.plan.rules.states import Kind, Repeats, TaskState, is_late
from siyu_saas.plan.rules.stories import TASK_STORY
from siyu_saas.plan.rules.team import role_title, side_of
from siyu_saas.plan.rules.weeks import slip_days, status_of
from siyu_saas.talk.views import thread_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.people import members_of
from siyu_saas.web.forms import refuse_stale

from .blueprint import plan, task_or_404

NOBODY = ""
HISTORY_SHOWN = 50


@plan.get("/tasks/<uuid:task_id>")
@may("plan.see")
def task(task_id: UUID):
    return task_page(task_or_404(task_id))


@plan.get("/tasks/<uuid:task_id>/history")
@may("plan.see")
def history(task_id: UUID):
    """Asked for after the page."""
    row = task_or_404(task_id)
    events = [(event, TASK_STORY.get(event.verb, event.object_label)) for event in events_about(row.id, HISTORY_SHOWN)]
    template = "plan/_history.html" if "HX-Request" in request.headers else "plan/history.html"
    return render_template(template, task=row, events=events)


@plan.get("/tasks/<uuid:task_id>/edit")
@may("plan.edit")
def edit_task(task_id: UUID):
    row = task_or_404(task_id)
    return _editor(row, _details(row))


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
    return back_to(row)


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
    return back_to(row)


def task_page(row: Task, **faulty) -> str:
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


def back_to(row: Task):
    return redirect(url_for(".task", task_id=row.id))


def _checklists(row: Task, pack_key: str) -> list[tuple[str, str, Hold | None]]:
    """Key and title of the pack's checklists, and how far each is; what is in them belongs to guidance."""
    known = pack(pack_key).checklists if pack_key else {}
    holds = {hold.key: hold for hold in holds_of(g.engagement.id, row.checklists, row.side)}
    return [(key, known[key].title if key in known else key, holds.get(key)) for key in row.checklists]


def _details(row: Task) -> DetailsForm:
    return DetailsForm(formdata=None, obj=row)


def _editor(row: Task, form: DetailsForm, owner: OwnerForm | None = None) -> str:
    if owner is None:
        name = "" if row.owner_id else row.owner_name
        owner = OwnerForm(formdata=None, person=str(row.owner_id or NOBODY), name=name)
        _choose_people(owner)
    others = [(task_id, title) for task_id, title in task_titles(row.plan_id) if task_id != row.id]
    return render_template("plan/task_edit.html", task=row, form=form, owner=owner, others=others)


def _choose_people(form: OwnerForm) -> dict[str, str]:
    people = {str(user.id): user.name for _member, user in members_of(g.access.tenant_id)}
    form.person.choices = [
        SelectChoice(NOBODY, _("待定")),
        *(SelectChoice(key, name) for key, name in people.items()),
    ]
    return people
