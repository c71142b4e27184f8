"""Service packages: what is done in which order, by which side, and when it counts as done."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("diagnose", "plan", "guide", "review", "operate", "decide", "data")
SIDES = ("firm", "merchant")
STAGES = ("diagnose", "co_create", "guide", "close")


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the service that can be sold and proposed by itself."""

    key: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Days are counted from the kick-off, day 0; a `required` one has to be accepted before the service ends."""

    key: str
    title: str
    stage: str
    offset: int
    last_day: int
    module: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """`offset` in calendar days from day 0, `days` long; work that is `operate` belongs to the merchant.

    One side and one role answer for it; `helpers` are further roles, `reviewer` accepts, `owner_text` is the source's
    wording. `campaign`: is not moved to a working day.
    """

    key: str
    title: str
    milestone: str
    kind: str
    side: str
    role: str
    offset: int
    days: int
    module: str
    deliverable: str
    acceptance: str
    reviewer: str
    owner_text: str
    helpers: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    checklists: tuple[str, ...] = ()
    calculators: tuple[str, ...] = ()
    campaign: bool = False
    optional: bool = False
    source_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """What a merchant buys; `answer` is its option in STR10, `addon`: bought besides another one."""

    key: str
    title: str
    days: int
    modules: tuple[Module, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[TaskTemplate, ...]
    source_refs: tuple[str, ...]
    price_fen: int | None = None
    answer: str = ""
    addon: bool = False
    excludes: str = ""
    requires: str = ""
    about: str = ""
    version: int = 1
    time_sensitive: bool = False
