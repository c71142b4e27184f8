"""What was done: milestones, tasks, campaigns."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from siyu_saas.guidance.queries.campaigns import campaigns_of
from siyu_saas.guidance.queries.checklists import checklists_of, items_by_checklist
from siyu_saas.plan.queries.plans import milestones_of, plan_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.reports.rules.shape import Facts, Picture, Section, Source, Table
from siyu_saas.web.filters.numbers import percent

from .figures import Measured


def execution(engagement_id: UUID, *, on: date) -> Section:
    plan = plan_of(engagement_id)
    if plan is None:
        return Section("execution", missing="未采集：还没有排期")
    milestones, tasks = milestones_of(plan.id), tasks_of(plan.id)
    done = [task for task in tasks if task.state is TaskState.ACCEPTED]
    due = [task for task in tasks if (task.agreed_until or task.ends_on) <= on or task in done]
    in_time = [task for task in due if task.done_on is not None and task.done_on <= (task.agreed_until or task.ends_on)]
    pairs = (
        ("里程碑", f"{sum(one.reached_on is not None for one in milestones)} / {len(milestones)} 个已达成"),
        ("任务", f"{len(done)} / {len(tasks)} 项已通过验收"),
        ("按时率", f"{percent(len(in_time), len(due))}（{len(in_time)} / {len(due)} 项到期任务按约定日期完成）"),
    )
    rows = tuple(
        (
            one.title,
            (one.agreed_until or one.ends_on).isoformat(),
            one.reached_on.isoformat() if one.reached_on else "未达成",
            f"{one.satisfaction} 分" if one.satisfaction else "—",
        )
        for one in milestones
    )
    blocks = [Facts(pairs)]
    if milestones:
        blocks.append(_strip(milestones, on))
        blocks.append(Table(("里程碑", "约定日期", "达成日期", "满意度"), rows, caption="里程碑"))
    lists = _checklists(engagement_id)
    if lists is not None:
        blocks.append(lists)
    source = Source("按时率", "task_on_time_rate", f"截至 {on}", f"计划第 {plan.edition} 版", "plan.show")
    return Section("execution", tuple(blocks), sources=(source,))


def campaigns(engagement_id: UUID, measured: Measured) -> Section:
    run = [one for one in campaigns_of(engagement_id) if one.removed_at is None]
    blocks = [_reviews(run)] if run else []
    if measured.campaigns:
        blocks.append(_sales(measured))
    return Section("campaigns", tuple(blocks), missing="未采集：没有登记过活动")


def _reviews(run) -> Table:
    rows = tuple(
        (
            one.title,
            f"{one.starts_on} 至 {one.ends_on}",
            _against(one.joins, one.goal_joins, "人"),
            _against(one.orders, one.goal_orders, "单"),
            _money(one.gmv_fen),
            one.summary or "—",
        )
        for one in run
    )
    return Table(
        ("活动", "日期", "参与 / 目标", "订单 / 目标", "GMV", "复盘"),
        rows,
        numbers=(2, 3, 4),
        caption="每场活动的目标与实际",
    )


def _against(actual: int | None, goal: int | None, unit: str) -> str:
    shown = ("未采集" if actual is None else f"{actual:,} {unit}"), ("未定" if goal is None else f"{goal:,}")
    return " / ".join(shown)


def _money(fen: int | None) -> str:
    return "未采集" if fen is None else f"{fen / 100:,.2f} 元"


def _sales(measured: Measured) -> Table:
    rows = tuple(
        (one.title, f"{one.first} 至 {one.last}", f"{one.window.days} 天", *_sold(measured, one))
        for one in measured.campaigns
    )
    head = ("活动", "日期", "天数", "买家", "GMV")
    return Table(head, rows, numbers=(2, 3, 4), caption="活动期间的成交，按日相加")


def _checklists(engagement_id: UUID) -> Table | None:
    taken_up = checklists_of(engagement_id)
    if not taken_up:
        return None
    items = items_by_checklist(engagement_id)
    rows = []
    for one in taken_up:
        states = [str(item.state.value) for item in items.get(one.id, ())]
        left_out = states.count("n_a")
        rows.append((one.title, f"{states.count('accepted')} / {len(states) - left_out}", f"{left_out} 项"))
    return Table(("清单", "已验收 / 应做", "不适用"), tuple(rows), numbers=(1, 2), caption="指导清单")


def _sold(measured: Measured, one) -> tuple[str, str]:
    buyers, money = (
        [measured.counts.get(field, {}).get(day) for day in one.window.dates()]
        for field in ("group_buyers", "group_gmv")
    )
    known = [value for value in buyers if value is not None], [value for value in money if value is not None]
    return (
        f"{sum(known[0])} 人" if known[0] else "未采集",
        f"{sum(known[1]) / 100:,.2f} 元" if known[1] else "未采集",
    )


def _strip(milestones, on: date) -> Picture:
    start = min(one.starts_on for one in milestones)
    start -= timedelta(days=start.weekday())
    end = max(one.reached_on or one.ends_on for one in milestones)
    rows = [
        {
            "key": f"m{place}",
            "name": one.title,
            "start": one.starts_on.isoformat(),
            "end": max(one.reached_on or one.ends_on, one.starts_on).isoformat(),
            "progress": 1.0 if one.reached_on else 0.0,
        }
        for place, one in enumerate(milestones)
    ]
    weeks = max(1, -(-((end - start).days + 1) // 7))
    return Picture(
        "gantt",
        "里程碑按周",
        "深色为已达成",
        {"rows": rows, "start": start.isoformat(), "weeks": weeks, "today": min(on, end).isoformat()},
    )
