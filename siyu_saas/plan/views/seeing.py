"""The plan as a Gantt, as a list, and as what one person has to do."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.clock import today
from siyu_saas.plan.models import Milestone, Plan
from siyu_saas.plan.queries.changes import open_change
from siyu_saas.plan.queries.plans import milestones_of, plan_of
from siyu_saas.plan.queries.tasks import counts_by_state, links_among, tasks_of_person, tasks_page
from siyu_saas.plan.rules.states import TaskState, is_late
from siyu_saas.plan.rules.team import role_title
from siyu_saas.plan.rules.weeks import by_heading, slip_days, status_of
from siyu_saas.plan.rules.workdays import is_workday
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.web.charts.board import Bar, board
from siyu_saas.web.filters.times import day_range
from siyu_saas.web.paging import Page, asked_page

from .blueprint import front, plan

WINDOW = 60  # rows of a Gantt that are drawn at once
LIST_SIZE = 50
MOST_WEEKS = 40
SHARES = {TaskState.DOING: 0.5, TaskState.RETURNED: 0.5, TaskState.SUBMITTED: 0.9, TaskState.ACCEPTED: 1.0}


@front.get("")
@may("plan.see")
def latest():
    """The plan of the newest service period, for the navigation."""
    every = engagements()
    return redirect(url_for("plan.show", number=every[0].number) if every else url_for("overview.workspace"))


@plan.get("")
@may("plan.see")
def show():
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    page = asked_page()
    rows, total = tasks_page(here.id, by_date=False, page=page, size=WINDOW)
    milestones = milestones_of(here.id)
    day = today()
    bars = _bars(rows, milestones, day, running=here.confirmed_at is not None)
    start, weeks = _weeks_of(rows, here)
    return render_template(
        "plan/gantt.html",
        plan=here,
        ways=_tabs("plan.show"),
        lines=_lines(rows, milestones, day),
        board=board(
            bars,
            start=start,
            weeks=weeks,
            today=day,
            links=[(str(one), str(other)) for one, other in links_among(here.id, [row.id for row in rows])],
            rest_days=_rest_days(start, weeks),
            label=_("计划甘特图"),
            editable=g.access.may("plan.edit"),
        ),
        page=Page(page, WINDOW, total),
        total=total,
        milestones=milestones,
        change=open_change(here.id) if here.confirmed_at else None,
    )


@plan.get("/list")
@may("plan.see")
def listing():
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    page = asked_page()
    rows, total = tasks_page(here.id, by_date=True, page=page, size=LIST_SIZE)
    only_rows = "HX-Request" in request.headers
    return render_template(
        "plan/_dated.html" if only_rows else "plan/list.html",
        plan=here,
        ways=_tabs("plan.listing"),
        groups=by_heading(rows, today()),
        today=today(),
        status_of=status_of,
        slip_days=slip_days,
        role_title=role_title,
        page=Page(page, LIST_SIZE, total),
        total=total,
        counts=counts_by_state(here.id) if not only_rows else {},
    )


@plan.get("/mine")
@may("plan.see")
def mine():
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    page = asked_page()
    rows, total = tasks_of_person(here.id, current_user.user_id, page=page, size=LIST_SIZE)
    return render_template(
        "plan/mine.html",
        plan=here,
        ways=_tabs("plan.mine"),
        groups=by_heading(rows, today()),
        today=today(),
        status_of=status_of,
        slip_days=slip_days,
        role_title=role_title,
        page=Page(page, LIST_SIZE, total),
        total=total,
    )


def head_of(here: Plan, endpoint: str, total: int) -> dict:
    """What the head of every view of a plan needs."""
    return {"plan": here, "ways": _tabs(endpoint), "total": total}


def _tabs(here: str) -> list[dict]:
    pages = [
        ("plan.show", _("甘特")),
        ("plan.listing", _("清单")),
        ("plan.milestones", _("里程碑")),
        ("plan.mine", _("我的任务")),
        ("plan.waits", _("等待")),
    ]
    return [{"label": label, "href": url_for(endpoint), "current": endpoint == here} for endpoint, label in pages]


def _grouped(rows, milestones: list[Milestone]) -> list[tuple[Milestone | None, list]]:
    by_id = {one.id: one for one in milestones}
    groups: list[tuple[Milestone | None, list]] = []
    for row in rows:
        milestone = by_id.get(row.milestone_id)
        if not groups or groups[-1][0] is not milestone:
            groups.append((milestone, []))
        groups[-1][1].append(row)
    return groups


def _lines(rows, milestones: list[Milestone], day: date) -> list[dict]:
    """The names beside the sheet, one for each of its rows."""
    base = url_for("plan.show") + "/tasks/"
    found = []
    for milestone, some in _grouped(rows, milestones):
        if milestone is not None:
            found.append({"heading": milestone.title, "note": f"{milestone.ends_on.month}/{milestone.ends_on.day}"})
        for row in some:
            look, word = status_of(row, day)
            slip = slip_days(row)
            found.append(
                {
                    "href": f"{base}{row.id}",
                    "title": row.title,
                    "who": row.owner_name or role_title(row.role),
                    "gap": not row.owner_name,
                    "look": look,
                    "word": word,
                    "slip": f"{slip:+d}" if slip > 0 else "",
                }
            )
    return found


def _bars(rows, milestones: list[Milestone], day: date, *, running: bool) -> list[Bar]:
    found = []
    for milestone, some in _grouped(rows, milestones):
        if milestone is not None:
            reached = "reached" if milestone.reached_on else "late" if milestone.ends_on < day else ""
            says = f"{milestone.title}，{milestone.ends_on.month} 月 {milestone.ends_on.day} 日"
            found.append(Bar(f"m{milestone.id}", milestone.title, milestone.ends_on, None, says, look=reached))
        found += [_bar(row, day, running=running) for row in some]
    return found


def _bar(row, day: date, *, running: bool) -> Bar:
    """What is expected is said once the plan is agreed on."""
    late = is_late(row.state, row.ends_on, day)
    looks = [
        "late" if late else "",
        "critical" if row.slack == 0 and row.state is not TaskState.ACCEPTED else "",
        "stuck" if row.stuck_side else "",
        "campaign" if row.campaign else "",
        f"side-{row.side}",
    ]
    slip = slip_days(row)
    agreed = (row.agreed_from, row.agreed_until) if row.agreed_until else None
    words = [row.title, day_range(row.starts_on, row.ends_on, today=day), status_of(row, day)[1]]
    if slip > 0:
        words.append(_("比约定晚 %(days)s 天", days=slip))
    return Bar(
        str(row.id),
        row.title,
        row.starts_on,
        row.ends_on,
        "，".join(words),
        look=" ".join(filter(None, looks)),
        share=SHARES.get(row.state, 0.0),
        agreed=agreed if agreed != (row.starts_on, row.ends_on) else None,
        expected=row.expected_until if running and row.state is not TaskState.ACCEPTED else None,
    )


def _weeks_of(rows, here: Plan) -> tuple[date, int]:
    """The Monday to begin with and the weeks that hold what is shown."""
    first = min((row.starts_on for row in rows), default=here.day_zero)
    last = max((max(row.ends_on, row.expected_until or row.ends_on) for row in rows), default=here.day_zero)
    monday = first - timedelta(days=first.weekday())
    return monday, min(max((last - monday).days // 7 + 2, 6), MOST_WEEKS)


def _rest_days(start: date, weeks: int) -> list[date]:
    days = (start + timedelta(days=passed) for passed in range(weeks * 7))
    return [day for day in days if not is_workday(day)]
