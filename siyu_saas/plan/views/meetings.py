"""Minutes of the weekly meeting; what was decided becomes tasks."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.meetings import Decided, write_minutes
from siyu_saas.plan.forms.team import MeetingForm
from siyu_saas.plan.queries.tasks import tasks_with
from siyu_saas.plan.queries.waits import meeting_with, meetings_of
from siyu_saas.plan.rules.workdays import next_workday
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import workspace_with

from .blueprint import plan, plan_here, plan_to_write

MEETINGS_SHOWN = 50
UNTIL_NEXT = timedelta(days=7)


@plan.get("/meetings")
@may("plan.see")
def meetings():
    rhythm = pack(workspace_with(g.access.tenant_id).pack).meetings.values()
    return render_template(
        "plan/meetings.html", meetings=meetings_of(plan_here().id, MEETINGS_SHOWN), rhythm=list(rhythm)
    )


@plan.get("/meetings/new")
@may("meeting.edit")
def new_meeting():
    plan_here()
    return render_template("plan/meeting_new.html", form=MeetingForm(formdata=None))


@plan.post("/meetings")
@may("meeting.edit")
def hold_meeting():
    here, form = plan_to_write(), MeetingForm()
    if not form.validate():
        return render_template("plan/meeting_new.html", form=form), 422
    by_default = next_workday(form.held_on.data + UNTIL_NEXT)
    actions = [
        Decided(one.title.data, one.role.data, one.ends_on.data or by_default) for one in form.actions if one.title.data
    ]
    row = write_minutes(
        here,
        title=form.title.data,
        held_on=form.held_on.data,
        people=form.people.data or "",
        minutes=form.minutes.data or "",
        decisions=form.decisions.data,
        actions=actions,
        form_key=form.once.data,
        today=today(),
        by=g.actor,
    )
    flash(_("纪要已保存，%(count)s 件事进了计划", count=len(row.task_ids)))
    return redirect(url_for(".meeting", meeting_id=row.id))


@plan.get("/meetings/<uuid:meeting_id>")
@may("plan.see")
def meeting(meeting_id: UUID):
    row = meeting_with(plan_here().id, meeting_id) or abort(404)
    return render_template(
        "plan/meeting.html", meeting=row, tasks=tasks_with([UUID(task_id) for task_id in row.task_ids])
    )
