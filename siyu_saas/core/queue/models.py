"""The job row, which is the truth about a job, and the slot row, which lets one scheduler win."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import now
from ..database import Identified, db
from ..tenancy import TenantTagged


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(TenantTagged, Identified, db.Model):
    """`args` holds JSON scalars, usually ids. `result` is what the page links to when the job is done;
    `handing_at` says since when something is on its way that cannot be taken back (`handing`)."""

    kind: Mapped[str] = mapped_column(sa.String(80))
    args: Mapped[dict] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    state: Mapped[str] = mapped_column(sa.String(10), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    lease: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    handing_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.Text)
    result: Mapped[dict | None] = mapped_column(sa.JSON(none_as_null=True))

    __table_args__ = (sa.Index("ix_job_state_not_before", "state", "not_before"),)

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class Slot(db.Model):
    """One due moment of one schedule. The key makes a second scheduler harmless; `missed` slots never ran."""

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    missed: Mapped[bool] = mapped_column(default=False)
