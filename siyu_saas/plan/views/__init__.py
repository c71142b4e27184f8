"""Pages of a plan."""

from . import (
    additions,
    changing,
    duties,
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
    "duties",
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
