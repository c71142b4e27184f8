"""What a service package must keep: every task in its milestone, after what it waits for, on one side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .reading import Place
from .shapes.packages import KINDS, SIDES, STAGES, Package, TaskTemplate

Flaw = tuple[Place, str]


def package_flaws(
    package: Package, whole: Mapping[str, Mapping[str, Any]], calculators: Iterable[str]
) -> Iterator[Flaw]:
    modules = {module.key for module in package.modules}
    milestones = {milestone.key for milestone in package.milestones}
    tasks = {task.key: task for task in package.tasks}
    yield from _twice("milestones", package.milestones)
    yield from _twice("tasks", package.tasks)
    for number, milestone in enumerate(package.milestones):
        at: Place = ("milestones", number)
        if milestone.stage not in STAGES:
            yield (*at, "stage"), f"{milestone.stage!r} is not one of {', '.join(STAGES)}"
        if milestone.module not in modules:
            yield (*at, "module"), f"there is no module {milestone.module!r}"
        if not 0 <= milestone.offset <= milestone.last_day < package.days:
            yield (*at, "offset"), "must lie inside the package"
    for number, task in enumerate(package.tasks):
        for place, reason in _task(task, tasks, milestones, modules, package.days):
            yield ("tasks", number, *place), reason
        for place, reason in _known(task, whole, calculators):
            yield ("tasks", number, *place), reason
    for key in circle(tasks):
        yield ("tasks", list(tasks).index(key), "depends_on"), "waits for itself, in a circle"


def circle(tasks: Mapping[str, TaskTemplate]) -> list[str]:
    """The tasks that can never begin, in order; none when there is no circle."""
    left = {key: {one for one in task.depends_on if one in tasks} for key, task in tasks.items()}
    while free := [key for key, needs in left.items() if not needs]:
        for key in free:
            del left[key]
        for needs in left.values():
            needs.difference_update(free)
    return list(left)


def _twice(name: str, many: Iterable[Any]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for number, one in enumerate(many):
        if one.key in seen:
            yield (name, number, "key"), "is there twice"
        seen.add(one.key)


def _task(
    task: TaskTemplate, tasks: Mapping[str, TaskTemplate], milestones: set[str], modules: set[str], days: int
) -> Iterator[Flaw]:
    if task.milestone not in milestones:
        yield ("milestone",), f"there is no milestone {task.milestone!r}"
    if task.module not in modules:
        yield ("module",), f"there is no module {task.module!r}"
    if task.kind not in KINDS:
        yield ("kind",), f"{task.kind!r} is not one of {', '.join(KINDS)}"
    if task.side not in SIDES:
        yield ("side",), f"{task.side!r} is not one of {', '.join(SIDES)}"
    if task.kind == "operate" and task.side != "merchant":
        yield ("side",), "work that is operated belongs to the merchant"
    if task.days < 1 or task.offset < 0 or task.offset + task.days > days:
        yield ("offset",), "must lie inside the package"
    for number, key in enumerate(task.depends_on):
        other = tasks.get(key)
        if other is None:
            yield ("depends_on", number), f"there is no task {key!r}"
        elif key == task.key:
            yield ("depends_on", number), "waits for itself, in a circle"
        elif task.offset < other.offset + other.days:
            yield ("depends_on", number), f"begins on day {task.offset}, before {key} is done"


def _known(task: TaskTemplate, whole: Mapping[str, Mapping[str, Any]], calculators: Iterable[str]) -> Iterator[Flaw]:
    roles = whole.get("roles", {})
    for name, many in (("role", (task.role,)), ("reviewer", (task.reviewer,)), ("helpers", task.helpers)):
        for key in many:
            if key not in roles:
                yield (name,), f"there is no {key!r} among the roles"
    for number, key in enumerate(task.checklists):
        if key not in whole.get("checklists", {}):
            yield ("checklists", number), f"there is no {key!r} among the checklists"
    for number, key in enumerate(task.calculators):
        if key not in calculators:
            yield ("calculators", number), f"there is no calculator {key!r}"
