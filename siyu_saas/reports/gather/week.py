"""What happened in one week, from the plan, its clocks and the targets."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.metrics.rules.readings import Daily
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.queries.waits import waits_of
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.plan.rules.waiting import days_waited
from siyu_saas.reports.rules.brief import Brief, week_of
from siyu_saas.targets.models import Target
from siyu_saas.targets.queries import targets_of
from siyu_saas.targets.rules.course import standing
from siyu_saas.targets.rules.quantities import amount_text
from siyu_saas.targets.rules.states import State, shown_state
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Side

LISTED = 8
LEAD_UP = 35
SIDES = ((Side.MERCHANT, "商家"), (Side.FIRM, "顾问"))


def brief_of(engagement: Engagement, *, merchant: str, on: date) -> Brief:
    first, last = week_of(on)
    plan = plan_of(engagement.id)
    tasks = tasks_of(plan.id) if plan else []
    waits = waits_of(plan.id) if plan else []
    ahead = last + timedelta(days=7)
    open_ = [task for task in tasks if task.state is not TaskState.ACCEPTED]
    following = [
        f"{task.title}（{task.ends_on:%m-%d} 前，{_who(task)}）"
        for task in open_
        if task.starts_on <= ahead and task.ends_on > last
    ]
    needed = [
        f"{task.title}（{task.ends_on:%m-%d} 前）"
        for task in open_
        if task.side is Side.MERCHANT and (task.ends_on <= ahead or task.stuck_side is Side.MERCHANT)
    ]
    lost = [
        (name, sum(_days(wait, first, min(last, on)) for wait in waits if wait.side is side)) for side, name in SIDES
    ]
    aims = [target for target in targets_of(engagement.id) if not target.state.is_open][:LISTED]
    counts = _counts(engagement.id, aims)
    return Brief(
        merchant=merchant,
        first=first.isoformat(),
        last=last.isoformat(),
        done=tuple(task.title for task in tasks if task.done_on is not None and first <= task.done_on <= last)[:LISTED],
        following=tuple(following[:LISTED]),
        needed=tuple(needed[:LISTED]),
        lost=tuple(lost),
        targets=tuple((one.title, _pace(one, counts, on)) for one in aims),
    )


def _counts(engagement_id: UUID, aims: list[Target]) -> Daily:
    """All that the targets are measured by, in one query."""
    if not aims:
        return {}
    fields = {field for one in aims for field in MEASURES[one.metric].fields}
    first = min(one.first for one in aims) - timedelta(days=LEAD_UP)
    return daily(engagement_id, sorted(fields), first, max(one.last for one in aims))


def _pace(target: Target, counts: Daily, on: date) -> str:
    """How far it is, what was agreed, and whether that is fast enough."""
    stands = standing(target, counts, until=on - timedelta(days=1))
    state = shown_state(target.state, target.window, baseline_locked=True, today=on)
    now, word = stands.now, state.title
    if target.state.is_over and target.result_value is not None:
        now = target.result_value
    elif state is State.ACTIVE:
        word = "待下结论" if stands.complete else stands.pace.word
    return f"{amount_text(target.unit, now)}，目标 {amount_text(target.unit, target.value)}，{word}"


def _who(task) -> str:
    return task.owner_name or ("商家" if task.side is Side.MERCHANT else "顾问")


def _days(wait, first: date, last: date) -> int:
    """Working days of a wait that lie in the week."""
    began, ended = max(wait.began_on, first), min(wait.ended_on or last, last)
    return days_waited(began, ended) if began <= ended else 0
