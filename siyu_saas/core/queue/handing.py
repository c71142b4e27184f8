"""What cannot be taken back, such as a mail: begun once, however often its job is started."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..clock import now
from ..database import own_transaction
from ..errors import Refusal
from .models import Job

_running: ContextVar[tuple[Job, UUID] | None] = ContextVar("running", default=None)


class Unsure(Exception):
    """A runner died while it handed something over: nobody knows whether it arrived."""


@contextmanager
def handing_over() -> Iterator[Callable[[], None]]:
    """Yields what the job calls right before the other side may have it; that is written at once, and the job must
    not have written before. Raises Unsure when an earlier run got that far and never heard what became of it.

    A Refusal is an answer: then the job may hand it over again.
    """
    running = _running.get()
    if running is None:
        yield lambda: None
        return
    if running[0].handing_at is not None:
        raise Unsure
    try:
        yield lambda: _note(running, now())
    except Refusal:
        _note(running, None)
        raise


@contextmanager
def run_as(taken: Job, lease: UUID) -> Iterator[None]:
    token = _running.set((taken, lease))
    try:
        yield
    finally:
        _running.reset(token)


def _note(running: tuple[Job, UUID], at: datetime | None) -> None:
    job, lease = running
    with own_transaction() as session:
        session.execute(sa.update(Job).where(Job.id == job.id, Job.lease == lease).values(handing_at=at))
