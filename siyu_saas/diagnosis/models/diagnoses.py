"""One diagnosis of a merchant, and the questionnaires as they were when it was sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.diagnosis.rules.asking import Depth


class Diagnosis(TenantOwned, Identified, db.Model):
    """`rules`: the pack's finding rules and recommenders as they were; `result`: what `rules.result` drew from the submitted sheets.

    `seats` is the matrix of roles; `refused`: the merchant did not agree to what the cooperation is (STR12, STR13). Sent to the merchant with `published_at`, nodded at with `confirmed_at`.
    """

    engagement_id: Mapped[UUID]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    pack: Mapped[str] = mapped_column(sa.String(40))
    pack_version: Mapped[int]
    depth: Mapped[Depth] = mapped_column(choice(Depth))
    rules: Mapped[dict] = mapped_column(deferred=True)
    seats: Mapped[list] = mapped_column(default=list)
    result: Mapped[dict | None] = mapped_column(deferred=True)
    refused: Mapped[bool] = mapped_column(default=False)
    assessed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    sent_by_name: Mapped[str] = mapped_column(sa.String(60))
    published_at: Mapped[datetime | None]
    published_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "number"),
        sa.UniqueConstraint("tenant_id", "form_key"),
    )


class AskedQuestionnaire(TenantOwned, Identified, db.Model):
    """A questionnaire copied from the pack. `digest` names its content, so that it is read from JSON once a process."""

    diagnosis_id: Mapped[UUID]
    place: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    definition: Mapped[dict] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (
        owned_reference("diagnosis_id", "diagnosis"),
        sa.UniqueConstraint("tenant_id", "diagnosis_id", "key"),
    )
