"""The RQ worker: listens, forks for each job, and leaves the truth about jobs to the database."""

from __future__ import annotations

import os
import signal
import sys
import time
from uuid import UUID

import redis
import structlog
from flask import Flask, current_app
from rq import SimpleWorker, Worker
from rq.serializers import JSONSerializer

from siyu_saas.core.database import db
from siyu_saas.core.queue import Outbox
from siyu_saas.core.queue import perform as perform_job
from siyu_saas.core.services import services

WORKER_TTL_SECONDS = 25
MAINTENANCE_SECONDS = 10
MONITORING_SECONDS = 5
RECONNECT_SECONDS = 1
LONGEST_WAIT_SECONDS = 5  # RQ's own waits would grow to a minute

log = structlog.get_logger()


def perform(job_id: str) -> None:
    """What RQ calls in the forked process; it inherits the worker's app."""
    perform_job(current_app._get_current_object(), UUID(job_id))


def work(app: Flask) -> None:
    from siyu_saas.papers.apart import warm_up

    warm_up()  # WeasyPrint and the fonts are read once, before the forks
    with app.app_context():
        outbox, engines = services().outbox, list(db.engines.values())
        os.register_at_fork(after_in_child=lambda: [engine.dispose(close=False) for engine in engines])
        while True:
            try:
                return _listen(outbox)
            except redis.RedisError as error:
                log.warning("redis is gone, the worker waits for it", error=str(error))
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                time.sleep(RECONNECT_SECONDS)


def _listen(outbox: Outbox) -> None:
    """Until SIGTERM. Raises RedisError when redis goes away at a moment that RQ does not wait out by itself."""
    kind = SimpleWorker if sys.platform == "darwin" else Worker
    worker = kind(
        [outbox.queue],
        connection=outbox.redis_for_worker(),
        serializer=JSONSerializer,
        default_worker_ttl=WORKER_TTL_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
    )
    worker.max_connection_wait_time = LONGEST_WAIT_SECONDS
    worker.log_result_lifespan = False
    worker.work(logging_level="WARNING")
