"""A worker killed with -9 in the middle of a print: the next one finishes it, and there is one file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.app import create_app
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.queue.models import Job, JobState
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.papers.models import Paper, PaperSeal
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.support.processes import family

HERE = {"tenant": "dress", "number": 1}
WAIT_SECONDS = 60


def run_in_worker(settings, job_id) -> None:
    perform(create_app(settings), job_id)


def kill_while_it_prints(settings, job_id) -> None:
    """As soon as the worker has forked the child that prints; the child dies as well."""
    worker = multiprocessing.get_context("spawn").Process(target=run_in_worker, args=(settings, job_id))
    worker.start()
    deadline = time.monotonic() + WAIT_SECONDS
    while not (children := [pid for pid in family(worker.pid) if pid != worker.pid]) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert children
    for pid in (worker.pid, *children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    worker.join()


@pytest.mark.slow
def test_a_print_that_was_killed_is_finished_once(app, dress_shop, visit):
    visit(dress_shop, Role.CONSULTANT).post("charter.send", **HERE)
    visit(dress_shop, Role.BOSS).post("charter.print_version", **HERE)
    with app.app_context(), system("test"):
        job_id = db.session.scalar(sa.select(Job.id).where(Job.kind == "papers.print"))
    kill_while_it_prints(app.config["SETTINGS"], job_id)
    assert files_of(app, dress_shop) == []

    with time_machine.travel(now() + timedelta(hours=1)):
        assert perform(app, job_id)
        assert not perform(app, job_id)

    assert len(files_of(app, dress_shop)) == 1
    with app.app_context(), tenant(dress_shop.id):
        assert [paper.file_id for paper in db.session.scalars(sa.select(Paper))] == files_of(app, dress_shop)
        assert db.session.scalar(sa.select(Job.state).where(Job.id == job_id)) == JobState.DONE
        assert db.session.scalar(sa.select(sa.func.count(PaperSeal.id))) == 1


def files_of(app, shop) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(StoredFile.id)))
