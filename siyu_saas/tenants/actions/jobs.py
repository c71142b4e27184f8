"""What people do about a job that failed."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.queue import Job, JobState, resend


def retry_job(job: Job, *, by: Actor) -> None:
    if job.state != JobState.FAILED:
        raise NotReady("这个任务没有失败，不需要重试。")
    audit.record("job.retried", job, by=by, label=job.kind, changes={"error": (job.error, None)})
    job.state, job.attempts, job.error, job.not_before, job.sent_at = JobState.QUEUED, 0, None, now(), None
    resend(job)
    db.session.flush()
