"""Pages of a plan."""

from . import changing, exports, making, meetings, milestones, saving, seeing, tasks, team, waits
from .blueprint import firm_shelf, front, plan

__all__ = [
    "changing",
    "exports",
    "firm_shelf",
    "front",
    "making",
    "meetings",
    "milestones",
    "plan",
    "saving",
    "seeing",
    "tasks",
    "team",
    "waits",
]
