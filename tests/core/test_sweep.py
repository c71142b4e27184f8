"""The sweep, against a real redis: it wakes what nobody would run, and nothing that is already waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import Job, JobState, later, sweep
from siyu_saas.core.queue.outbox import Outbox
from siyu_saas.core.services import Services, offer, services
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.own_redis import start_redis
from siyu_saas.tenants.jobs import build_archive


@pytest.fixture
def queue(app, tmp_path):
    """The app with a redis that answers; yields its queue."""
    own = start_redis(tmp_path)
    with app.app_context():
        before = services()
        outbox = Outbox(own.url)
        offer(db.engine, Services(before.settings, outbox, before.storage))
    yield outbox.queue
    outbox.redis.close()
    with app.app_context():
        offer(db.engine, before)
    own.close()


@pytest.fixture
def old_job(app, dress_shop):
    """Asked for an hour ago, and its wake-up call was lost."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        job = later(build_archive, file_id=str(new_id()), name="x.zip", asker={})
        job.asked_at = now() - timedelta(hours=1)
        db.session.info.pop("committed_jobs")
        db.session.commit()
        return job.id


def age(app, job_id, **values) -> None:
    with app.app_context(), system("test"), writing():
        db.session.execute(sa.update(Job).where(Job.id == job_id).values(**values))
        db.session.commit()


def test_a_lost_wake_up_call_is_sent_again(app, queue, old_job):
    assert sweep(app) == 1
    assert len(queue.job_ids) == 1


def test_a_job_that_already_waits_is_not_queued_once_more(app, queue, old_job):
    sweep(app)
    for _ in range(5):
        age(app, old_job, sent_at=now() - timedelta(hours=1))
        assert sweep(app) == 0

    assert len(queue.job_ids) == 1


def test_a_wake_up_call_that_was_taken_and_lost_is_sent_again(app, queue, old_job):
    sweep(app)
    queue.empty()
    age(app, old_job, sent_at=now() - timedelta(hours=1))

    assert sweep(app) == 1


def test_a_job_whose_runner_died_is_sent_again(app, queue, old_job):
    age(app, old_job, state=JobState.RUNNING, lease=new_id(), lease_until=now() - timedelta(seconds=1))
    assert sweep(app) == 1


def test_a_job_under_a_live_lease_is_left_alone(app, queue, old_job):
    age(app, old_job, state=JobState.RUNNING, lease=new_id(), lease_until=now() + timedelta(minutes=1))
    assert sweep(app) == 0
