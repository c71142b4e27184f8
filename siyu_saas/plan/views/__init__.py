"""Pages of a plan."""

from . import changing, exports, making, milestones, seeing, tasks, waits
from .blueprint import front, plan

__all__ = ["changing", "exports", "front", "making", "milestones", "plan", "seeing", "tasks", "waits"]
