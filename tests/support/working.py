"""Does what a worker would do by now, in the test's own process."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import Job, JobState, later, perform
from siyu_saas.core.tenancy import system


def run_jobs(app, *, at: datetime | None = None) -> int:
    """Runs what is due, also what that asks for; returns how many ended well."""
    done = 0
    with time_machine.travel(at or now()):
        while waiting := _due(app):
            done += sum(perform(app, job_id) for job_id in waiting)
    return done


def asks(app, handler) -> None:
    with app.app_context(), writing():
        later(handler)
        db.session.commit()


def _due(app) -> list:
    with app.app_context(), system("test"):
        chosen = sa.select(Job.id).where(Job.state == JobState.QUEUED, Job.not_before <= now())
        return list(db.session.scalars(chosen.order_by(Job.not_before, Job.id)))
