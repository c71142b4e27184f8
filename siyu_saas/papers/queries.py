"""Papers of the merchant in scope, and seals, which belong to nobody."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from siyu_saas.core.database import db
from siyu_saas.core.queue import Job
from siyu_saas.tenants.models import StoredFile

from .models import Paper, PaperSeal


def paper_with(paper_id: UUID) -> Paper | None:
    return db.session.scalar(sa.select(Paper).where(Paper.id == paper_id))


def paper_to_print(paper_id: UUID) -> Paper | None:
    """With its data."""
    return db.session.scalar(sa.select(Paper).where(Paper.id == paper_id).options(undefer(Paper.data)))


def same_paper(kind: str, subject_id: UUID, sha256: str) -> Paper | None:
    return db.session.scalar(
        sa.select(Paper).where(Paper.kind == kind, Paper.subject_id == subject_id, Paper.sha256 == sha256)
    )


def latest_paper(kind: str, subject_id: UUID, *, team: bool) -> sa.Row | None:
    """(paper, its job, its file); `team`: also one that only the team may see."""
    chosen = _shown().where(Paper.kind == kind, Paper.subject_id == subject_id)
    if not team:
        chosen = chosen.where(Paper.team_only.is_(False))
    return db.session.execute(chosen.order_by(Paper.made_at.desc(), Paper.id.desc()).limit(1)).first()


def shown_paper(paper_id: UUID) -> sa.Row | None:
    return db.session.execute(_shown().where(Paper.id == paper_id)).first()


def seal_of_code(code: str) -> PaperSeal | None:
    return db.session.scalar(sa.select(PaperSeal).where(PaperSeal.code == code))


def seal_of_file(sha256: str) -> PaperSeal | None:
    return db.session.scalar(sa.select(PaperSeal).where(PaperSeal.sha256 == sha256).limit(1))


def _shown() -> sa.Select:
    return (
        sa.select(Paper, Job, StoredFile)
        .outerjoin(Job, Job.id == Paper.job_id)
        .outerjoin(StoredFile, sa.and_(StoredFile.id == Paper.file_id, StoredFile.removed_at.is_(None)))
    )
