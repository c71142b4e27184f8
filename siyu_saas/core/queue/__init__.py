"""Jobs that are never lost: rows first, Redis only as the wake-up call.

`later(handler, …)` writes a row in the caller's transaction; after the commit RQ is told; `perform` takes the row by
one conditional UPDATE and runs it; a sweep sends again what was never sent or whose runner died. The effect of a job
and the mark that it is done are one commit, so it happens once however often the job is started.
"""

from .handing import Unsure, handing_over
from .models import Job, JobState, Slot
from .outbox import Outbox, later, leave_to_sweep, resend
from .progress import progress
from .register import Schedule, every, handlers, job, schedules
from .runner import perform, sweep, tick

__all__ = [
    "Job",
    "JobState",
    "Outbox",
    "Schedule",
    "Slot",
    "Unsure",
    "every",
    "handing_over",
    "handlers",
    "job",
    "later",
    "leave_to_sweep",
    "perform",
    "progress",
    "resend",
    "schedules",
    "sweep",
    "tick",
]
