"""A job as a page shows it: the row's state, a human sentence, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.core.queue import Job, JobState, handlers
from siyu_saas.core.services import services

POLL_SECONDS = 2


@dataclass(frozen=True)
class JobView:
    id: str
    title: str
    state: str
    url: str
    error: str | None
    done: int | None
    total: int | None
    result_url: str | None
    poll_seconds: int = POLL_SECONDS

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


def job_view(job: Job, url: str, result_url: str | None) -> JobView:
    noted = services().outbox.progress_of(job.id) if job.state == JobState.RUNNING else None
    done, total = noted or (None, None)
    error = job.error if job.state == JobState.FAILED else None
    return JobView(str(job.id), handlers[job.kind].title, job.state, url, error, done, total, result_url)
