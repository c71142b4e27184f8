"""Pages of a plan."""

from . import changing, making, seeing, tasks
from .blueprint import front, plan

__all__ = ["changing", "front", "making", "plan", "seeing", "tasks"]
