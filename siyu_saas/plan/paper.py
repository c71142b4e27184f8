"""The plan on paper: its Gantt in pieces that fit a page, and every task with owner, days and standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from siyu_saas.papers import kinds as papers
from siyu_saas.web.charts import PDF, WIDE, GanttData, Row, gantt, monday_of

from .rules.states import TaskState, is_late
from .rules.team import role_title

ROWS_A_FIGURE = 21
DAYS_A_WEEK = 7
DONE = 100
SHARES = {TaskState.DOING: 50, TaskState.RETURNED: 50, TaskState.SUBMITTED: 90, TaskState.ACCEPTED: DONE}


def paper_data(
    plan: Any, milestones: Sequence[Any], tasks: Iterable[Any], *, merchant: str, firm: str, today: date
) -> dict[str, Any]:
    by_milestone: dict[Any, list[Any]] = {}
    for task in tasks:
        by_milestone.setdefault(task.milestone_id, []).append(task)
    groups = [(one, by_milestone.pop(one.id, [])) for one in milestones]
    return {
        "merchant": merchant,
        "firm": firm,
        "package": plan.package_title,
        "day_zero": plan.day_zero.isoformat(),
        "edition": plan.edition,
        "ends_on": plan.expected_until.isoformat() if plan.expected_until else "",
        "today": today.isoformat(),
        "groups": [_group(one.title, one.ends_on, one.reached_on, some, today) for one, some in groups]
        + [_group("其他任务", max(task.ends_on for task in some), None, some, today) for some in by_milestone.values()],
    }


def _group(title: str, ends_on: date, reached_on: date | None, tasks: Sequence[Any], today: date) -> dict[str, Any]:
    return {
        "title": title,
        "ends_on": ends_on.isoformat(),
        "reached": reached_on is not None,
        "tasks": [_task(task, today) for task in tasks],
    }


def _task(task: Any, today: date) -> dict[str, Any]:
    return {
        "key": task.key,
        "title": task.title,
        "who": f"{role_title(task.role)} {task.owner_name}".strip(),
        "starts_on": task.starts_on.isoformat(),
        "ends_on": task.ends_on.isoformat(),
        "agreed": [task.agreed_from.isoformat(), task.agreed_until.isoformat()] if task.agreed_until else None,
        "state": task.state.title,
        "share": SHARES.get(task.state, 0),
        "late": is_late(task.state, task.ends_on, today),
        "acceptance": task.acceptance,
    }


def figures(data: Mapping[str, Any]) -> dict[str, Any]:
    rows = [row for group in data["groups"] for row in _rows(group)]
    if not rows:
        return {"charts": []}
    pieces = ceil(len(rows) / ROWS_A_FIGURE)
    size = ceil(len(rows) / pieces)
    start = monday_of(min(row.start for row in rows))
    weeks = max((row.last_day - start).days for row in rows) // DAYS_A_WEEK + 1
    tasks = [task for group in data["groups"] for task in group["tasks"]]
    told = f"{len(tasks)} 项任务，{sum(task['share'] == DONE for task in tasks)} 项已通过"
    charts = []
    for number in range(1, pieces + 1):
        title = f"{told}（{number}/{pieces}）" if pieces > 1 else told
        some = tuple(rows[(number - 1) * size : number * size])
        drawn = GanttData(title, some, start, weeks, date.fromisoformat(data["today"]))
        charts.append(gantt(drawn, uid=f"plan{number}", width=WIDE, palette=PDF))
    return {"charts": charts}


def _rows(group: Mapping[str, Any]) -> list[Row]:
    milestone = Row(
        f"m-{group['title']}", group["title"], _day(group["ends_on"]), progress=1 if group["reached"] else 0
    )
    return [milestone] + [
        Row(
            task["key"],
            task["title"],
            _day(task["starts_on"]),
            _day(task["ends_on"]),
            progress=task["share"] / 100,
            late=task["late"],
            agreed=(_day(task["agreed"][0]), _day(task["agreed"][1])) if task["agreed"] else None,
        )
        for task in group["tasks"]
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text)


PLAN_PAPER = papers.register(papers.PaperKind("plan", "服务计划", "plan/paper/plan.html", figures=figures))
