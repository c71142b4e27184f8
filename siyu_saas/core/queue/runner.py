"""Taking, running and finishing a job; sweeping up after the dead; the clock's own jobs.

Each function opens its own app context, hence its own session: one to take, one to run, one to note a failure.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from rq.timeouts import JobTimeoutException

from ..clock import now
from ..database import db, end_reading, writing
from ..errors import Refusal, Unavailable
from ..ids import new_id
from ..services import services
from ..tenancy import system, tenant
from .handing import run_as
from .models import Job, JobState, Slot
from .outbox import later
from .progress import reporting_to
from .register import ATTEMPTS, handlers, schedules

BACK_OFF_SECONDS = 5
SWEEP_LIMIT = 500
SLOT_HISTORY = 50
TRANSIENT = (sa.exc.OperationalError, sa.exc.InterfaceError, Unavailable, OSError)
UNKNOWN_ERROR = "程序出错，本次没有改动任何数据。可以重试；仍不成功请联系顾问机构的管理员。"
TOO_LONG = "任务运行超时，本次没有改动任何数据。请缩小范围后重试。"
INTERRUPTED = "任务多次中断，没有改动任何数据。请重试；仍不成功请联系管理员。"

log = structlog.get_logger()


class LeaseLost(Exception):
    """Another runner took the job over; this one leaves no trace."""


def perform(app, job_id: UUID) -> bool:
    """Runs the job if it is free. True when its effect was committed by this call."""
    lease = new_id()
    taken = _take(app, job_id, lease)
    if taken is None:
        return False
    with structlog.contextvars.bound_contextvars(job=str(job_id), kind=taken.kind, tenant=str(taken.tenant_id)):
        try:
            with _renewing(app, job_id, lease):
                _run(app, taken, lease)
        except LeaseLost:
            log.warning("lease lost, effect rolled back")
            return False
        except JobTimeoutException:
            _fail(app, taken, lease, TOO_LONG)
            return False
        except Exception as error:
            _note_error(app, taken, lease, error)
            return False
    return True


def _take(app, job_id: UUID, lease: UUID) -> Job | None:
    moment = now()
    free = sa.or_(
        sa.and_(Job.state == JobState.QUEUED, Job.not_before <= moment),
        sa.and_(Job.state == JobState.RUNNING, Job.lease_until < moment),
    )
    with app.app_context(), system("take a job"), writing():
        taken = db.session.execute(
            sa.update(Job)
            .where(Job.id == job_id, free)
            .values(
                state=JobState.RUNNING,
                attempts=Job.attempts + 1,
                lease=lease,
                lease_until=moment + _lease_time(),
            )
        ).rowcount
        row = db.session.get(Job, job_id) if taken else None
        if row is not None and row.attempts > _most_attempts(row.kind):
            row.state, row.error, row.finished_at = JobState.FAILED, INTERRUPTED, moment
        db.session.commit()
        if row is None or row.state == JobState.FAILED:
            return None
        db.session.expunge(row)
        return row


def _run(app, taken: Job, lease: UUID) -> None:
    scope = tenant(taken.tenant_id) if taken.tenant_id else nullcontext()
    with app.app_context(), scope, writing(), reporting_to(_reporter(taken.id)), run_as(taken, lease):
        try:
            result = handlers[taken.kind].run(**taken.args)
            finished = db.session.execute(
                sa.update(Job)
                .where(Job.id == taken.id, Job.lease == lease)
                .values(state=JobState.DONE, result=result, error=None, finished_at=now(), lease=None)
            ).rowcount
            if not finished:
                raise LeaseLost
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def _note_error(app, taken: Job, lease: UUID, error: Exception) -> None:
    if isinstance(error, TRANSIENT) and taken.attempts < _most_attempts(taken.kind):
        delay = timedelta(seconds=BACK_OFF_SECONDS * 2 ** (taken.attempts - 1))
        log.warning("job will be tried again", error=str(error), in_seconds=delay.seconds)
        sentence = str(error) if isinstance(error, Refusal) else UNKNOWN_ERROR
        _settle(app, taken, lease, state=JobState.QUEUED, not_before=now() + delay, sent_at=None, error=sentence)
    elif isinstance(error, Refusal):
        _fail(app, taken, lease, str(error))
    else:
        log.exception("job failed")
        _fail(app, taken, lease, UNKNOWN_ERROR)


def _fail(app, taken: Job, lease: UUID, sentence: str) -> None:
    _settle(app, taken, lease, state=JobState.FAILED, error=sentence, finished_at=now())


def _settle(app, taken: Job, lease: UUID, **values) -> None:
    with app.app_context(), system("settle a job"), writing():
        db.session.execute(sa.update(Job).where(Job.id == taken.id, Job.lease == lease).values(lease=None, **values))
        db.session.commit()


@contextmanager
def _renewing(app, job_id: UUID, lease: UUID):
    """Keeps the lease alive from a second thread.

    On SQLite the renewal waits for the job's own write lock; that is harmless, as nobody else can take the job then.
    """
    done = threading.Event()
    with app.app_context():
        pause = _lease_time().total_seconds() / 3

    def renew() -> None:
        while not done.wait(pause):
            try:
                _extend(app, job_id, lease)
            except sa.exc.OperationalError as error:
                log.info("lease not renewed this time", error=str(error))

    thread = threading.Thread(target=renew, daemon=True, name="lease")
    thread.start()
    try:
        yield
    finally:
        done.set()


def _extend(app, job_id: UUID, lease: UUID) -> None:
    with app.app_context(), system("renew a lease"), writing():
        db.session.execute(
            sa.update(Job).where(Job.id == job_id, Job.lease == lease).values(lease_until=now() + _lease_time())
        )
        db.session.commit()


def sweep(app) -> int:
    """Sends again every job that waits without a wake-up call or whose runner died. Returns how many.

    A job whose call is still in the queue is left there: in a backlog, calls would otherwise multiply at every sweep.
    """
    moment = now()
    with app.app_context(), system("sweep the jobs"):
        found = db.session.scalars(_unattended(moment)).all()
        end_reading()
        outbox = services().outbox
        waiting = outbox.waiting() if found else set()
        sent = [job_id for job_id in found if job_id not in waiting and outbox.send(job_id)]
        if sent:
            with writing():
                db.session.execute(sa.update(Job).where(Job.id.in_(sent)).values(sent_at=moment))
                db.session.commit()
    return len(sent)


def _unattended(moment: datetime) -> sa.Select:
    stale = moment - timedelta(seconds=services().settings.sweep_seconds)
    waiting = sa.and_(
        Job.state == JobState.QUEUED,
        Job.not_before <= moment,
        sa.func.coalesce(Job.sent_at, Job.asked_at) < stale,
    )
    abandoned = sa.and_(Job.state == JobState.RUNNING, Job.lease_until < moment)
    return sa.select(Job.id).where(sa.or_(waiting, abandoned)).order_by(Job.not_before, Job.id).limit(SWEEP_LIMIT)


def tick(app, moment: datetime | None = None) -> list[str]:
    """Starts what is due by the clock. Returns the names started by this call; a second scheduler starts nothing."""
    moment = moment or now()
    return [name for name in schedules if _start_slot(app, name, moment)]


def _start_slot(app, name: str, moment: datetime) -> bool:
    schedule = schedules[name]
    due = schedule.slot(moment)
    with app.app_context(), writing():
        newest = db.session.scalar(sa.select(sa.func.max(Slot.starts_at)).where(Slot.name == name))
        if newest is not None and newest >= due:
            return False
        try:
            db.session.add(Slot(name=name, starts_at=due))
            if newest is not None:
                gap = int((due - newest) / schedule.period) - 1
                for back in range(1, min(gap, SLOT_HISTORY) + 1):
                    db.session.add(Slot(name=name, starts_at=due - back * schedule.period, missed=True))
            later(schedule.handler.run, key=f"{name}@{due.isoformat()}")
            db.session.commit()
        except sa.exc.IntegrityError:
            db.session.rollback()
            return False
    return True


def _reporter(job_id: UUID):
    outbox = services().outbox
    return lambda done, total: outbox.note_progress(job_id, done, total)


def _most_attempts(kind: str) -> int:
    return handlers[kind].attempts if kind in handlers else ATTEMPTS


def _lease_time() -> timedelta:
    return timedelta(seconds=services().settings.job_lease_seconds)
