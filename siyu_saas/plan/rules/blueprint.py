"""What a plan is copied from: a package of a pack, or one that a firm saved from its own work."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from siyu_saas.tenants.rules import Side, Stage

from .layout import Piece
from .states import Gate, Kind


@dataclass(frozen=True, slots=True)
class TaskPart:
    """`role` is accountable, `helpers` are named beside it; `offset` counts calendar days from day 0."""

    key: str
    title: str
    milestone: str
    kind: Kind
    side: Side
    role: str
    offset: int
    days: int
    helpers: str = ""
    depends_on: tuple[str, ...] = ()
    deliverable: str = ""
    acceptance: str = ""
    checklists: tuple[str, ...] = ()
    module: str = ""
    campaign: bool = False


@dataclass(frozen=True, slots=True)
class MilestonePart:
    key: str
    title: str
    stage: Stage
    required: bool = False
    gate: Gate = Gate.WARN
    deliverable: str = ""
    acceptance: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`modules` are pairs of key and title, in their order; an add-on is bought besides another one."""

    key: str
    title: str
    days: int
    milestones: tuple[MilestonePart, ...]
    tasks: tuple[TaskPart, ...]
    modules: tuple[tuple[str, str], ...] = ()
    pack: str = ""
    pack_version: int = 0
    addon: bool = False

    def pieces(self) -> list[Piece]:
        return [Piece(one.key, one.offset, one.days, one.depends_on, one.campaign) for one in self.tasks]

    def without(self, modules: Container[str]) -> Blueprint:
        """Tasks of these modules fall out; what stood behind them waits for what they waited for."""
        gone = {one.key: one.depends_on for one in self.tasks if one.module in modules}
        kept = tuple(replace(one, depends_on=_past(one.depends_on, gone)) for one in self.tasks if one.key not in gone)
        return replace(self, tasks=kept)

    def modules_for(self, checklists: Collection[str]) -> list[str]:
        """The modules whose tasks work through one of these checklists, in their order."""
        serving = {one.module for one in self.tasks if set(one.checklists) & set(checklists)}
        return [key for key, _title in self.modules if key in serving]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def blueprint_from(content: Mapping[str, Any]) -> Blueprint:
    """The inverse of `as_dict`, also after JSON."""
    return Blueprint(
        **{
            **content,
            "milestones": tuple(
                MilestonePart(**{**one, "stage": Stage(one["stage"]), "gate": Gate(one["gate"])})
                for one in content["milestones"]
            ),
            "tasks": tuple(_task_part(one) for one in content["tasks"]),
            "modules": tuple((key, title) for key, title in content["modules"]),
        }
    )


def _task_part(content: Mapping[str, Any]) -> TaskPart:
    return TaskPart(
        **{
            **content,
            "kind": Kind(content["kind"]),
            "side": Side(content["side"]),
            "depends_on": tuple(content["depends_on"]),
            "checklists": tuple(content["checklists"]),
        }
    )


def _past(keys: tuple[str, ...], gone: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for key in keys:
        found.update(dict.fromkeys(_past(gone[key], gone) if key in gone else (key,)))
    return tuple(found)
