"""Who was given which section."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import AskedQuestionnaire, Assignment, Diagnosis, Sheet
from siyu_saas.diagnosis.rules.asking import Share
from siyu_saas.tenants.models import Engagement, Invitation

SHARES = sa.select(Assignment.section, Assignment.role, Assignment.user_id).where(
    Assignment.asked_id == sa.bindparam("asked_id", type_=sa.Uuid())
)


def shares_of(asked_id: UUID) -> list[Share]:
    return [Share(*row) for row in db.session.execute(SHARES, {"asked_id": asked_id})]


def assignments_in(diagnosis_id: UUID) -> list[Assignment]:
    return list(
        db.session.scalars(
            sa.select(Assignment)
            .join(AskedQuestionnaire, AskedQuestionnaire.id == Assignment.asked_id)
            .where(AskedQuestionnaire.diagnosis_id == diagnosis_id)
            .order_by(Assignment.made_at, Assignment.id)
        )
    )


def assignment_with(asked_id: UUID, assignment_id: UUID) -> Assignment | None:
    return db.session.scalar(
        sa.select(Assignment).where(Assignment.id == assignment_id, Assignment.asked_id == asked_id)
    )


def assignment_of_form(form_key: str) -> Assignment | None:
    return db.session.scalar(sa.select(Assignment).where(Assignment.form_key == form_key))


def invited_to(row: Assignment) -> Invitation | None:
    """The link by which the section was given."""
    return db.session.scalar(
        sa.select(Invitation).where(Invitation.id == row.invitation_id, Invitation.tenant_id == row.tenant_id)
    )


def people_invited(invitation_id: UUID) -> list[sa.Row]:
    """Rows (assignment, its questionnaire, when the diagnosis was published) of one link."""
    return db.session.execute(
        sa.select(Assignment, AskedQuestionnaire, Diagnosis.published_at)
        .join(AskedQuestionnaire, AskedQuestionnaire.id == Assignment.asked_id)
        .join(Diagnosis, Diagnosis.id == AskedQuestionnaire.diagnosis_id)
        .where(Assignment.invitation_id == invitation_id)
    ).all()


def sheet_of_link(invitation_id: UUID, user_id: UUID) -> sa.Row | None:
    """The row (number of the service period, sheet id) where somebody of this link goes on."""
    return db.session.execute(
        sa.select(Engagement.number, Sheet.id)
        .join(AskedQuestionnaire, AskedQuestionnaire.id == Sheet.asked_id)
        .join(Assignment, Assignment.asked_id == AskedQuestionnaire.id)
        .join(Diagnosis, Diagnosis.id == AskedQuestionnaire.diagnosis_id)
        .join(Engagement, Engagement.id == Diagnosis.engagement_id)
        .where(Assignment.invitation_id == invitation_id, Sheet.user_id == user_id, Sheet.replaced_at.is_(None))
        .order_by(Sheet.edition.desc())
        .limit(1)
    ).one_or_none()
