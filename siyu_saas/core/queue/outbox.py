"""From a committed row to Redis: quickly, in the background, and without caring whether Redis is there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import redis
import structlog
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import event

from ..clock import now
from ..database import db
from ..ids import new_id
from ..services import services_of
from ..tenancy import TenantSession
from .models import Job

QUEUE_NAME = "siyu"
TIMEOUT_SECONDS = 2
PROGRESS_TTL_SECONDS = 3600
TIME_LIMIT_SECONDS = 900
ENTRY = "siyu_saas.worker.perform"
CALL = "_call_"  # each wake-up call has a name of its own that begins with the job's id

log = structlog.get_logger()


def later(
    handler: Callable[..., Any],
    *,
    key: str | None = None,
    not_before: datetime | None = None,
    asked_by: UUID | None = None,
    tenant_id: UUID | None = None,
    **args: Any,
) -> Job:
    """Writes the job into the running transaction; it is sent after the commit. `key` makes it unique for good.

    A job belongs to the merchant in scope; `tenant_id` is for the system scope, which has none.
    """
    row = Job(
        kind=handler.kind, args=args, key=key, not_before=not_before or now(), asked_by=asked_by, tenant_id=tenant_id
    )
    db.session.add(row)
    db.session.flush()
    resend(row)
    return row


def resend(row: Job) -> None:
    """Wakes a worker for this row after the running transaction is committed."""
    db.session.info.setdefault("committed_jobs", []).append((db.engine, row.id))


def leave_to_sweep() -> None:
    """Nobody listens yet, as while the product is prepared: the sweep sends what the running transaction asked for."""
    db.session.info.pop("committed_jobs", None)


class Outbox:
    def __init__(self, url: str) -> None:
        self.url = url
        self.redis = connect(url)
        self.queue = Queue(QUEUE_NAME, connection=self.redis, serializer=JSONSerializer)
        self._sender: ThreadPoolExecutor | None = None

    def redis_for_worker(self) -> redis.Redis:
        """Without a read time-out: a worker waits for its next job inside one call."""
        return redis.Redis.from_url(self.url, socket_connect_timeout=TIMEOUT_SECONDS)

    def send(self, job_id: UUID) -> bool:
        """Wakes a worker now. False when Redis does not answer; the sweep sends the job later."""
        try:
            self.queue.enqueue(
                ENTRY,
                str(job_id),
                job_id=f"{job_id}{CALL}{new_id().hex}",
                result_ttl=0,
                failure_ttl=60,
                job_timeout=TIME_LIMIT_SECONDS,
            )
        except redis.RedisError as error:
            log.warning("redis does not answer, the sweep will send the job", job=str(job_id), error=str(error))
            return False
        return True

    def waiting(self) -> set[UUID]:
        """Jobs whose wake-up call still waits in Redis; none when Redis does not answer."""
        try:
            return {UUID(call.partition(CALL)[0]) for call in self.queue.job_ids}
        except redis.RedisError:
            return set()

    def send_soon(self, job_id: UUID) -> None:
        """Never makes a request wait for Redis."""
        if self._sender is None:
            self._sender = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._sender.submit(self.send, job_id)

    def note_progress(self, job_id: UUID, done: int, total: int) -> None:
        try:
            self.redis.set(f"progress:{job_id}", f"{done}/{total}", ex=PROGRESS_TTL_SECONDS)
        except redis.RedisError:
            log.debug("progress not noted", job=str(job_id))

    def progress_of(self, job_id: UUID) -> tuple[int, int] | None:
        try:
            noted = self.redis.get(f"progress:{job_id}")
        except redis.RedisError:
            return None
        if noted is None:
            return None
        done, total = noted.decode().split("/")
        return int(done), int(total)


def connect(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS, health_check_interval=30
    )


@event.listens_for(TenantSession, "after_commit")
def _send_committed(session: TenantSession) -> None:
    for engine, job_id in session.info.pop("committed_jobs", ()):
        services_of(engine).outbox.send_soon(job_id)


@event.listens_for(TenantSession, "after_soft_rollback")
def _forget_rolled_back(session: TenantSession, previous) -> None:
    if not previous.nested:
        session.info.pop("committed_jobs", None)
