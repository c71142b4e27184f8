"""What both sides agreed on in the charter."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.signing.models import Document

from .kind import CHARTER
from .rules import informed_days_of

AGREED = (
    sa.select(Document.content)
    .where(
        Document.kind == CHARTER.key,
        Document.subject_id == sa.bindparam("subject_id", type_=sa.Uuid()),
        Document.in_force_at.is_not(None),
    )
    .order_by(Document.number.desc())
    .limit(1)
)


def informed_days(engagement_id: UUID) -> int:
    """By the newest version that both sides signed; the usual number before there is one."""
    return informed_days_of(db.session.scalar(AGREED, {"subject_id": engagement_id}))


def agreed_sections(engagement_id: UUID) -> list[dict[str, str]]:
    """Heading and text of the newest version that both sides signed; none before."""
    content = db.session.scalar(AGREED, {"subject_id": engagement_id})
    return content["sections"] if content else []
