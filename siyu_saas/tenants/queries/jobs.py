"""Jobs, and those that did not get through."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState, Slot
from siyu_saas.tenants.models import Tenant

RECENT_JOBS = 100


def job_with(job_id: UUID) -> Job | None:
    return db.session.scalar(sa.select(Job).where(Job.id == job_id))


def latest_job(kind: str) -> Job | None:
    return db.session.scalar(sa.select(Job).where(Job.kind == kind).order_by(Job.asked_at.desc()).limit(1))


def was_made_for(user_id: UUID, file_id: UUID) -> bool:
    """Whether a job that this person asked for made the file."""
    asked = sa.select(Job.result).where(Job.asked_by == user_id, Job.state == JobState.DONE)
    rows = db.session.scalars(asked.order_by(Job.finished_at.desc(), Job.id).limit(RECENT_JOBS))
    return any((result or {}).get("file_id") == str(file_id) for result in rows)


def stuck_jobs(limit: int) -> list[sa.Row]:
    """In a portfolio scope: rows (job, workspace name) that failed, newest first."""
    return db.session.execute(
        sa.select(Job, Tenant.name)
        .join(Tenant, Tenant.id == Job.tenant_id)
        .where(Job.state == JobState.FAILED)
        .order_by(Job.finished_at.desc(), Job.id)
        .limit(limit)
    ).all()


def missed_slots(limit: int) -> list[Slot]:
    return list(db.session.scalars(sa.select(Slot).where(Slot.missed).order_by(Slot.starts_at.desc()).limit(limit)))
