"""Asking for a paper, and keeping the file once it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import Job, JobState, handlers, later
from siyu_saas.signing.rules import new_code
from siyu_saas.tenants.actions.files import Made, keep_made
from siyu_saas.tenants.actions.jobs import retry_job
from siyu_saas.tenants.models import StoredFile

from .kinds import PaperKind
from .models import Paper, PaperSeal
from .queries import same_paper
from .rules import digest

PRINT = "papers.print"


def ask_for_paper(
    kind: PaperKind,
    engagement_id: UUID,
    subject_id: UUID,
    title: str,
    data: Mapping[str, Any],
    *,
    by: Actor,
    edition: str = "",
    team_only: bool = False,
) -> Paper:
    """Freezes `data` (JSON) and queues the print. The same data again gives the paper of the first time; if that could
    not be printed, it is tried again.

    `edition` stands on every page (「第 2 版」); `team_only` papers are not shown to the merchant.
    """
    sha256 = digest(kind.key, title, edition, data)
    before = same_paper(kind.key, subject_id, sha256)
    if before is not None:
        _print_again(before, by=by)
        return before
    paper = Paper(
        id=new_id(),
        engagement_id=engagement_id,
        kind=kind.key,
        subject_id=subject_id,
        title=title,
        edition=edition,
        data=dict(data),
        sha256=sha256,
        code=new_code(),
        team_only=team_only,
        made_at=now(),
        made_by_name=by.name,
    )
    asker = {"name": by.name, "user_id": _text(by.user_id), "firm_id": _text(by.firm_id), "address": by.address}
    job = later(handlers[PRINT], key=f"paper:{paper.id}", asked_by=by.user_id, paper_id=str(paper.id), asker=asker)
    paper.job_id = job.id
    db.session.add(paper)
    db.session.flush()
    return paper


def _print_again(paper: Paper, *, by: Actor) -> None:
    job = db.session.get(Job, paper.job_id) if paper.file_id is None and paper.job_id else None
    if job is not None and job.state == JobState.FAILED:
        retry_job(job, by=by)


def keep_paper(paper: Paper, made: Made, *, pages: int, storage, by: Actor) -> StoredFile:
    """The printed file, and the seal that it can be verified by."""
    file = keep_made(
        made,
        file_id=new_id(),
        engagement_id=paper.engagement_id,
        storage=storage,
        by=by,
        team_only=paper.team_only,
    )
    paper.file_id, paper.pages = file.id, pages
    db.session.add(PaperSeal(id=new_id(), code=paper.code, kind=paper.kind, sha256=made.sha256, printed_on=today()))
    audit.record("paper.printed", paper, by=by, label=paper.title)
    db.session.flush()
    return file


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
