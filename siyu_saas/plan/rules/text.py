"""The plan as a text that is frozen and signed: one section for each milestone, one line for each task."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .duties import letters_told
from .team import role_title


def plan_text(
    plan: Any, milestones: Iterable[Any], tasks: Iterable[Any], links: Iterable[tuple], duties: Iterable[Any] = ()
) -> dict[str, Any]:
    """Content of a document. `tasks` in their order; a line says what, who, when, and what counts as done. `duties` have
    title and letters."""
    tasks = list(tasks)
    keys = {task.id: task.key for task in tasks}
    waits: dict[Any, list[str]] = {}
    for before, after in links:
        if before in keys and after in keys:
            waits.setdefault(after, []).append(keys[before])
    sections = [{"heading": "约定", "text": _agreement(plan)}]
    for milestone in milestones:
        lines = [_line(task, waits.get(task.id, [])) for task in tasks if task.milestone_id == milestone.id]
        heading = f"{milestone.title}（{milestone.starts_on.isoformat()} 至 {milestone.ends_on.isoformat()}）"
        sections.append({"heading": heading, "text": "\n".join(lines) or "没有任务"})
    loose = [_line(task, waits.get(task.id, [])) for task in tasks if task.milestone_id is None]
    if loose:
        sections.append({"heading": "其他任务", "text": "\n".join(loose)})
    shared = [f"{duty.title}｜{letters_told(duty.letters)}" for duty in duties]
    if shared:
        sections.append({"heading": "职责分配", "text": "\n".join(shared)})
    return {"sections": sections}


def milestone_text(milestone: Any, tasks: Iterable[Any]) -> dict[str, Any]:
    sections = [
        {"heading": "交付物", "text": milestone.deliverable or "见各项任务"},
        {"heading": "验收标准", "text": milestone.acceptance or "各项任务均已通过验收"},
        {"heading": "完成的任务", "text": "\n".join(_done_line(task) for task in tasks) or "没有任务"},
    ]
    return {"sections": sections}


def _agreement(plan: Any) -> str:
    return (
        f"服务包「{plan.package_title}」，启动日 {plan.day_zero.isoformat()}。每件事只有一个负责方；落地由商家负责。\n"
        "改动按合作说明「计划的改动」一节的约定办理。"
    )


def _line(task: Any, waits: list[str]) -> str:
    who = f"{role_title(task.role)} {task.owner_name}".strip()
    days = f"{task.starts_on.isoformat()} 至 {task.ends_on.isoformat()}"
    behind = f"；前置 {'、'.join(sorted(waits))}" if waits else ""
    return f"{task.key} {task.title}｜{who}｜{days}{behind}｜验收：{task.acceptance or '—'}"


def _done_line(task: Any) -> str:
    done = f"{task.done_on.isoformat()} 通过" if task.done_on else "未通过"
    return f"{task.key} {task.title}｜{done}"
