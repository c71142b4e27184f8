"""Pages of a plan."""

from . import (
    additions,
    changing,
    edits,
    exports,
    making,
    meetings,
    milestones,
    progress,
    saving,
    seeing,
    tasks,
    team,
    waits,
)
from .blueprint import firm_shelf, front, plan

__all__ = [
    "additions",
    "changing",
    "edits",
    "exports",
    "firm_shelf",
    "front",
    "making",
    "meetings",
    "milestones",
    "plan",
    "progress",
    "saving",
    "seeing",
    "tasks",
    "team",
    "waits",
]
