"""Pages of a plan."""

from . import changing, making, milestones, seeing, tasks, waits
from .blueprint import front, plan

__all__ = ["changing", "front", "making", "milestones", "plan", "seeing", "tasks", "waits"]
