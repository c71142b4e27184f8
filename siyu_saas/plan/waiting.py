"""What a plan waits for, told to the registry of open things."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.plan.queries.tasks import pressing_tasks
from siyu_saas.plan.queries.waits import waits_open_in
from siyu_saas.plan.rules.states import TaskState, other, whose_move
from siyu_saas.plan.rules.team import role_title
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.waiting import Open, waits_for

SOON = timedelta(days=7)
SHOWN = 40
ICONS = {TaskState.SUBMITTED: "eye-check", TaskState.RETURNED: "message-reply"}


@waits_for
def open_in_plan(standing: Standing) -> list[Open]:
    """Tasks that are due within a week, late, handed in, returned or stuck; and what the merchant was asked to confirm."""
    engagement = standing.engagement
    waits = waits_open_in(engagement.id)
    if not waits:
        return []
    plan = waits[0]
    waits = [wait for wait in waits if wait.subject_id is not None]
    since = {wait.subject_id: wait.began_on for wait in waits}
    asked = [wait for wait in waits if wait.cause in (Cause.CONFIRMATION, Cause.SIGN_OFF)]
    told = plan.plan_id if engagement.stage is Stage.CO_CREATE else None  # the stage's own gate says it
    found = [_confirmation(wait) for wait in asked if wait.subject_id != told]
    if plan.confirmed_at is None:
        return found
    return found + [_task(row, since) for row in pressing_tasks(plan.plan_id, until=today() + SOON, limit=SHOWN)]


def _confirmation(wait) -> Open:
    signs = wait.cause is Cause.SIGN_OFF
    return Open(
        key=f"{wait.cause}-{wait.subject_id}",
        side=wait.side,
        title=_("签收里程碑「%(title)s」", title=wait.label) if signs else _("确认%(title)s", title=wait.label),
        note="",
        icon="signature",
        endpoint="plan.milestone" if signs else "plan.confirm",
        permission="milestone.sign" if signs else "plan.confirm",
        since=wait.began_on,
        action=_("去签收") if signs else _("查看并确认"),
        consequence=_("签收后才算完成") if signs else _("确认前不会按它执行"),
        values={"milestone_id": wait.subject_id} if signs else {},
    )


def _task(row, since) -> Open:
    side = whose_move(row.side, row.state, row.stuck_side) or Side.FIRM
    reviews = side is other(row.side) and row.state is TaskState.SUBMITTED
    if reviews:
        title, note = (
            _("验收「%(title)s」", title=row.title),
            _("%(who)s 已提交", who=row.owner_name or role_title(row.role)),
        )
    elif row.stuck_side is not None:
        title, note = _("解开「%(title)s」", title=row.title), row.remark
    elif row.state is TaskState.RETURNED:
        title, note = _("补齐「%(title)s」", title=row.title), row.remark
    else:
        title, note = row.title, row.owner_name or _("%(role)s（待定）", role=role_title(row.role))
    began = since.get(row.id) or row.started_on or row.starts_on
    return Open(
        key=f"task-{row.id}",
        side=side,
        title=title,
        note=note,
        icon=ICONS.get(row.state, "checkbox"),
        endpoint="plan.task",
        permission="task.review" if reviews else "task.work",
        since=began,
        due_on=row.submitted_at.astimezone(SHANGHAI).date() + timedelta(days=2) if reviews else row.ends_on,
        action=_("验收") if reviews else "",
        consequence=_("否则整个计划跟着顺延") if row.slack is not None and row.slack <= 0 else "",
        values={"task_id": row.id},
    )
