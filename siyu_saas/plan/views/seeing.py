"""The plan as a Gantt, as a list, and as what one person has to do."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.clock import today
from siyu_saas.plan.models import Plan
from siyu_saas.plan.queries.changes import open_in_brief
from siyu_saas.plan.queries.plans import diamonds_of, plan_of
from siyu_saas.plan.queries.tasks import tasks_by_date, tasks_of_person, tasks_page
from siyu_saas.plan.queries.works import links_into
from siyu_saas.plan.rules.states import LATE, STUCK, TaskState
from siyu_saas.plan.rules.team import role_title
from siyu_saas.plan.rules.weeks import by_heading, slip_days, status_of
from siyu_saas.plan.rules.workdays import is_workday
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.rules import Side
from siyu_saas.web.charts.board import Bar, board
from siyu_saas.web.paging import Page, asked_page

from .blueprint import front, plan

WINDOW = 60  # rows of a Gantt that are drawn at once
LIST_SIZE = 50
MOST_WEEKS = 40
DONE = "done"
TABS = (
    ("plan.show", "甘特"),
    ("plan.listing", "清单"),
    ("plan.milestones", "里程碑"),
    ("plan.mine", "我的任务"),
    ("plan.team", "团队"),
    ("plan.meetings", "会议"),
    ("plan.waits", "等待"),
)
SIDE_LOOKS = {side: f"side-{side.value}" for side in Side}
WORD_LOOKS = {LATE: " late", STUCK: " stuck"}
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
    rows, total = tasks_page(here.id, page=page, size=WINDOW)
    milestones = diamonds_of(here.id)
    day = today()
    lines, bars = _drawn(rows, milestones, day, running=here.confirmed_at is not None)
    start, weeks = _weeks_of(rows, here)
    return render_template(
        "plan/gantt.html",
        plan=here,
        ways=_tabs("plan.show"),
        lines=lines,
        board=board(
            bars,
            start=start,
            weeks=weeks,
            today=day,
            links=[(str(one), str(other)) for one, other in links_into(here.id, page=page, size=WINDOW)],
            rest_days=_rest_days(start, weeks),
            label=_("计划甘特图"),
            editable=g.access.may("plan.edit"),
        ),
        page=Page(page, WINDOW, total),
        total=total,
        change=open_in_brief(here.id) if here.confirmed_at else None,
    )


@plan.get("/list")
@may("plan.see")
def listing():
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    page = asked_page()
    done = request.args.get("state") == DONE
    rows, total = tasks_by_date(here.id, done=done, page=page, size=LIST_SIZE)
    only_rows = "HX-Request" in request.headers
    return render_template(
        "plan/_dated.html" if only_rows else "plan/list.html",
        plan=here,
        ways=_tabs("plan.listing"),
        groups=dated(rows, today()),
        page=Page(page, LIST_SIZE, total),
        total=total,
        kinds=[
            {"label": _("没完成的"), "href": url_for(".listing"), "current": not done},
            {"label": _("已通过的"), "href": url_for(".listing", state=DONE), "current": done},
        ],
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
        groups=dated(rows, today()),
        page=Page(page, LIST_SIZE, total),
        total=total,
    )


def dated(rows, day: date) -> list[tuple[str, list[tuple]]]:
    """Rows under their headings, worded as (href, title, look, word, line, late): a page of fifty is made of few
    expressions."""
    base = url_for("plan.show") + "/tasks/"
    late_words, nobody = _("比约定晚 %(days)s 天", days="{}"), _("待定")
    return [
        (heading, [_told(row, day, base, late_words, nobody) for row in some])
        for heading, some in by_heading(rows, day)
    ]


def _told(row, day: date, base: str, late_words: str, nobody: str) -> tuple:
    look, word = status_of(row, day)
    slip = slip_days(row)
    who = row.owner_name or f"{role_title(row.role)}（{nobody}）"
    line = f"{_days(row.starts_on, row.ends_on)} · {who}"
    return f"{base}{row.id}", row.title, look, word, line, late_words.format(slip) if slip > 0 else ""


def head_of(here: Plan, endpoint: str, total: int) -> dict:
    """What the head of every view of a plan needs."""
    return {"plan": here, "ways": _tabs(endpoint), "total": total}


def _tabs(here: str) -> list[dict]:
    return [{"label": _(label), "href": url_for(endpoint), "current": endpoint == here} for endpoint, label in TABS]


def _grouped(rows, milestones: list) -> list[tuple[Any, list]]:
    by_id = {one.id: one for one in milestones}
    groups: list[tuple[Any, list]] = []
    for row in rows:
        milestone = by_id.get(row.milestone_id)
        if not groups or groups[-1][0] is not milestone:
            groups.append((milestone, []))
        groups[-1][1].append(row)
    return groups


def _drawn(rows, milestones: list, day: date, *, running: bool) -> tuple[list[tuple], list[Bar]]:
    """The names beside the sheet and the bars on it, line by line: (heading, its day), or (None, href, title, who, whether
    that is a gap, look, word). What is expected is said once the plan is agreed on."""
    base = url_for("plan.show") + "/tasks/"
    late_words = _("比约定晚 %(days)s 天", days="{}")
    lines, bars = [], []
    for milestone, some in _grouped(rows, milestones):
        if milestone is not None:
            ends_on = f"{milestone.ends_on.month}/{milestone.ends_on.day}"
            lines.append((milestone.title, ends_on, "", "", False, "", ""))
            bars.append(_diamond(milestone, day))
        for row in some:
            look, word = status_of(row, day)
            slip = slip_days(row)
            key, owner = str(row.id), row.owner_name
            told = f"{word} +{slip}" if slip > 0 else word
            lines.append((None, base + key, row.title, owner or role_title(row.role), not owner, look, told))
            words = f"{row.title}，{_days(row.starts_on, row.ends_on)}，{word}"
            bars.append(_bar(row, key, f"{words}，{late_words.format(slip)}" if slip > 0 else words, word, running))
    return lines, bars


def _diamond(milestone: Any, day: date) -> Bar:
    reached = "reached" if milestone.reached_on else "late" if milestone.ends_on < day else ""
    says = f"{milestone.title}，{_days(milestone.ends_on, milestone.ends_on)}"
    return Bar(f"m{milestone.id}", milestone.title, milestone.ends_on, None, says, reached)


def _bar(row, key: str, says: str, word: str, running: bool) -> Bar:
    accepted = row.state is TaskState.ACCEPTED
    look = SIDE_LOOKS[row.side]
    if word in WORD_LOOKS:
        look += WORD_LOOKS[word]
    if row.campaign:
        look += " campaign"
    if row.slack == 0 and not accepted:
        look += " critical"
    agreed = (row.agreed_from, row.agreed_until) if row.agreed_until else None
    return Bar(
        key,
        row.title,
        row.starts_on,
        row.ends_on,
        says,
        look,
        SHARES.get(row.state, 0.0),
        agreed if agreed != (row.starts_on, row.ends_on) else None,
        row.expected_until if running and not accepted else None,
    )


def _days(first: date, last: date) -> str:
    """As it is read aloud; the sheet beside it shows the year."""
    begin = f"{first.month} 月 {first.day} 日"
    if first == last:
        return begin
    return f"{begin}至 {last.day} 日" if first.month == last.month else f"{begin}至 {last.month} 月 {last.day} 日"


def _weeks_of(rows, here: Plan) -> tuple[date, int]:
    """The Monday to begin with and the weeks that hold what is shown."""
    first = min((row.starts_on for row in rows), default=here.day_zero)
    last = max((max(row.ends_on, row.expected_until or row.ends_on) for row in rows), default=here.day_zero)
    monday = first - timedelta(days=first.weekday())
    return monday, min(max((last - monday).days // 7 + 2, 6), MOST_WEEKS)


@lru_cache(maxsize=256)
def _rest_days(start: date, weeks: int) -> tuple[date, ...]:
    days = (start + timedelta(days=passed) for passed in range(weeks * 7))
    return tuple(day for day in days if not is_workday(day))
