"""Findings, and the plan modules that they propose."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.rules.findings import ORDER


def findings_of(diagnosis_id: UUID) -> list[Finding]:
    """High before low, then by rule; a consultant's own come last in their class."""
    rows = db.session.scalars(sa.select(Finding).where(Finding.diagnosis_id == diagnosis_id))
    return sorted(rows, key=lambda one: (ORDER[one.severity], one.rule_key or "~", one.id))


def finding_with(engagement_id: UUID, finding_id: UUID) -> tuple[Finding, Diagnosis] | None:
    found = db.session.execute(
        sa.select(Finding, Diagnosis)
        .join(Diagnosis, Diagnosis.id == Finding.diagnosis_id)
        .where(Finding.id == finding_id, Diagnosis.engagement_id == engagement_id)
    ).one_or_none()
    return found and tuple(found)


def found_by_id(finding_id: UUID) -> tuple[Finding, Diagnosis] | None:
    found = db.session.execute(
        sa.select(Finding, Diagnosis)
        .join(Diagnosis, Diagnosis.id == Finding.diagnosis_id)
        .where(Finding.id == finding_id)
    ).one_or_none()
    return found and tuple(found)


def is_shown(finding: Finding, run: Diagnosis) -> bool:
    """To the merchant."""
    return run.published_at is not None and finding.hidden_at is None


def proposed_modules(engagement_id: UUID) -> list[sa.Row]:
    """Rows (modules, finding id, rule key, severity, problem, proposal) of the newest diagnosis, without hidden ones."""
    newest = sa.select(sa.func.max(Diagnosis.number)).where(Diagnosis.engagement_id == engagement_id).scalar_subquery()
    rows = db.session.execute(
        sa.select(Finding.modules, Finding.id, Finding.rule_key, Finding.severity, Finding.problem, Finding.proposal)
        .join(Diagnosis, Diagnosis.id == Finding.diagnosis_id)
        .where(Diagnosis.engagement_id == engagement_id, Diagnosis.number == newest, Finding.hidden_at.is_(None))
    )
    return sorted(rows, key=lambda row: (ORDER[row.severity], row.rule_key or "~"))
