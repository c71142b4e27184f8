"""A worker killed with -9 in the middle of an import: nothing half-written, and the next one finishes it once."""

from __future__ import annotations

import multiprocessing
import time
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
from siyu_saas.metrics.models import OrderLine
from tests.metrics.conftest import upload

LINES = 20_000  # below the size at which an upload becomes a file
WAIT_SECONDS = 60


def run_in_worker(settings, job_id) -> None:
    perform(create_app(settings), job_id)


def lines_of(app, shop) -> int:
    with app.app_context(), tenant(shop.id):
        return db.session.scalar(sa.select(sa.func.count(OrderLine.id)))


def job_state(app, job_id) -> str:
    with app.app_context(), system("test"):
        return db.session.scalar(sa.select(Job.state).where(Job.id == job_id))


@pytest.mark.slow
def test_nothing_is_half_written_and_the_next_worker_finishes(app, lead, work, dress_shop):
    rows = "".join(f"2026-04-{number % 28 + 1:02},U{number % 5000},{number % 900 + 1}\n" for number in range(LINES))
    where = upload(lead, "order_date,customer_key,amount\n" + rows, "订单.csv")
    work()
    lead.post(f"{where}/confirmation", most=20)
    with app.app_context(), system("test"):
        job_id = db.session.scalar(sa.select(Job.id).where(Job.kind == "metrics.write"))

    worker = multiprocessing.get_context("spawn").Process(target=run_in_worker, args=(app.config["SETTINGS"], job_id))
    worker.start()
    deadline = time.monotonic() + WAIT_SECONDS
    while job_state(app, job_id) == JobState.QUEUED and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    worker.kill()
    worker.join()

    assert lines_of(app, dress_shop) in (0, LINES)
    with time_machine.travel(now() + timedelta(hours=1)):
        perform(app, job_id)
    assert lines_of(app, dress_shop) == LINES
    assert job_state(app, job_id) == JobState.DONE
