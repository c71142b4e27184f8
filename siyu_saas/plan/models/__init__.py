"""A plan with its milestones and tasks, what changed in it by consent, who does what, and what was waited for."""

from .changes import Change
from .duties import Duty
from .packages import FirmPackage
from .plans import Milestone, Module, Plan, Post
from .tasks import Link, Task
from .waits import Meeting, Nudge, Wait

__all__ = [
    "Change",
    "Duty",
    "FirmPackage",
    "Link",
    "Meeting",
    "Milestone",
    "Module",
    "Nudge",
    "Plan",
    "Post",
    "Task",
    "Wait",
]
