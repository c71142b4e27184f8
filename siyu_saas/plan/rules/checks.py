"""What is wrong with a plan before anybody is asked to confirm it. Sources: domain E2, E4, README §3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siyu_saas.tenants.rules import Side

from .network import Circle, before_of, in_order
from .states import Kind
from .workdays import is_announced, is_workday


@dataclass(frozen=True, slots=True)
class Flaw:
    """`blocks`: it has to be mended first; otherwise it is only said."""

    sentence: str
    blocks: bool
    task_id: Any = None


def operates_for_the_merchant(kind: Kind, side: Side) -> bool:
    """A consultant guides and never operates: such a task belongs to the merchant."""
    return kind is not Kind.OPERATE or side is Side.MERCHANT


def flaws_of(tasks: Sequence[Any], links: Iterable[tuple[Any, Any]], *, today: date) -> list[Flaw]:
    """`tasks` have id, title, kind, side, owner_name, starts_on, ends_on, campaign, state; what blocks comes first."""
    links = list(links)
    found = [flaw for task in tasks for flaw in _flaws_of_task(task)]
    found += _circles(tasks, links)
    by_id = {task.id: task for task in tasks}
    for before, after in links:
        if before in by_id and after in by_id and by_id[after].starts_on <= by_id[before].ends_on:
            sentence = f"「{by_id[after].title}」在前置任务「{by_id[before].title}」结束之前就开始"
            found.append(Flaw(sentence, blocks=True, task_id=after))
    if tasks and min(task.starts_on for task in tasks) < today:
        found.append(Flaw("启动日已经过去，前面的任务会显示为逾期；可以把启动日改到今天以后", blocks=False))
    if any(not is_announced(task.ends_on) for task in tasks):
        found.append(Flaw("有日期落在放假安排还没公布的年份，公布后可能要调整", blocks=False))
    return sorted(found, key=lambda flaw: not flaw.blocks)


def gaps(tasks: Iterable[Any]) -> dict[str, int]:
    """How many open tasks of each role have nobody's name on them."""
    found: dict[str, int] = {}
    for task in tasks:
        if not task.owner_name:
            found[task.role] = found.get(task.role, 0) + 1
    return found


def _flaws_of_task(task: Any) -> list[Flaw]:
    found = []
    if task.ends_on < task.starts_on:
        found.append(Flaw(f"「{task.title}」的结束日早于开始日", blocks=True, task_id=task.id))
    if not operates_for_the_merchant(task.kind, task.side):
        found.append(Flaw(f"「{task.title}」是落地任务，只能由商家负责", blocks=True, task_id=task.id))
    if not task.owner_name:
        found.append(Flaw(f"「{task.title}」还没有负责人", blocks=False, task_id=task.id))
    if not task.campaign and not (is_workday(task.starts_on) and is_workday(task.ends_on)):
        found.append(Flaw(f"「{task.title}」的起止日落在休息日", blocks=False, task_id=task.id))
    return found


def _circles(tasks: Sequence[Any], links: list[tuple[Any, Any]]) -> list[Flaw]:
    titles: Mapping[Any, str] = {task.id: task.title for task in tasks}
    try:
        in_order(before_of(titles, links))
    except Circle as circle:
        round_trip = " → ".join(f"「{titles[key]}」" for key in circle.keys)
        return [Flaw(f"这些任务互相等待：{round_trip}", blocks=True, task_id=circle.keys[0])]
    return []
