"""Questionnaires that a firm edits for itself, and their released editions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db


class FirmQuestionnaire(Identified, db.Model):
    """`draft` has the shape of a pack's questionnaire. With the `key` of a pack's own it takes that one's place.

    `edition` is the latest released one, 0 before the first.
    """

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40))
    pack: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    draft: Mapped[dict]
    edition: Mapped[int] = mapped_column(default=0)
    changed_by_name: Mapped[str] = mapped_column(sa.String(60))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FirmQuestionnaireEdition(Identified, db.Model):
    """What was released; never changed afterwards."""

    questionnaire_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm_questionnaire.id"))
    edition: Mapped[int]
    content: Mapped[dict]
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (sa.UniqueConstraint("questionnaire_id", "edition"),)
