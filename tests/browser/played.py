"""One instance folder with the demo in it, its first jobs done; every product of a test run starts from a copy."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from siyu_saas.app import create_app
from siyu_saas.config import ROOT, read_settings
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.queue import JobState, perform
from siyu_saas.core.queue.models import Job
from siyu_saas.core.tenancy import system
from siyu_saas.preparing import prepare
from tests.support.environment import clean_environment


def played_instance(folder: Path) -> Path:
    """Played by the first test process that asks, in a process of its own; the others wait for it."""
    instance = folder / "played"
    with (folder / "played.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not instance.exists():
            fresh = folder / "playing"
            environ = clean_environment(INSTANCE_DIR=str(fresh))
            subprocess.run([sys.executable, "-m", "tests.browser.played"], cwd=ROOT, env=environ, check=True)
            fresh.rename(instance)
    return instance


def main() -> None:
    app = create_app(read_settings(os.environ))
    prepare(app)
    while job_id := first_due(app):
        perform(app, job_id)


def first_due(app):
    with app.app_context(), system("test"):
        due = sa.select(Job.id).where(Job.state == JobState.QUEUED, Job.not_before <= now())
        return db.session.scalar(due.order_by(Job.id).limit(1))


if __name__ == "__main__":
    main()
