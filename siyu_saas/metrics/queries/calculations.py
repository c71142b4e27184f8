"""Calculations that were kept."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import CalcRun

RUNS_SHOWN = 20


def runs_of(engagement_id: UUID, limit: int = RUNS_SHOWN) -> list[sa.Row]:
    """Newest first: (id, calculator, title, made_at, made_by_name)."""
    return db.session.execute(
        sa.select(CalcRun.id, CalcRun.calculator, CalcRun.title, CalcRun.made_at, CalcRun.made_by_name)
        .where(CalcRun.engagement_id == engagement_id)
        .order_by(CalcRun.made_at.desc(), CalcRun.id.desc())
        .limit(limit)
    ).all()


def run_with(run_id: UUID, engagement_id: UUID) -> CalcRun | None:
    return db.session.scalar(sa.select(CalcRun).where(CalcRun.id == run_id, CalcRun.engagement_id == engagement_id))


def run_of_form(form_key: str) -> CalcRun | None:
    return db.session.scalar(sa.select(CalcRun).where(CalcRun.form_key == form_key))


def latest_run(engagement_id: UUID, calculator: str) -> CalcRun | None:
    return db.session.scalar(
        sa.select(CalcRun)
        .where(CalcRun.engagement_id == engagement_id, CalcRun.calculator == calculator)
        .order_by(CalcRun.made_at.desc(), CalcRun.id.desc())
        .limit(1)
    )
