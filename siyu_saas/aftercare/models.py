"""What is kept of closing and of the time after."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned

from .rules.qualitative import Period
from .rules.satisfaction import SurveyKind


class Qualitative(TenantOwned, Identified, db.Model):
    """The four qualities at one end of a service period.

    `answers`: question key → 0–4; `evidence`: question key → words or an address; `facts` and `remaining`: dimension
    key → words. `reviewed_at` is set when a consultant has looked at it and cleared when it is changed.
    """

    engagement_id: Mapped[UUID]
    period: Mapped[Period] = mapped_column(choice(Period))
    answers: Mapped[dict] = mapped_column(default=dict)
    evidence: Mapped[dict] = mapped_column(default=dict)
    facts: Mapped[dict] = mapped_column(default=dict)
    remaining: Mapped[dict] = mapped_column(default=dict)
    filled_by_name: Mapped[str] = mapped_column(sa.String(60))
    filled_at: Mapped[datetime] = mapped_column(default=now)
    reviewed_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    reviewed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "period"),
    )


class Feedback(TenantOwned, Identified, db.Model):
    """The merchant's words at the end; `promise` is what the team will do about a score below 7."""

    engagement_id: Mapped[UUID]
    score: Mapped[int]
    best: Mapped[str] = mapped_column(sa.String(400), default="")
    worst: Mapped[str] = mapped_column(sa.String(400), default="")
    needs: Mapped[str] = mapped_column(sa.String(400), default="")
    quote: Mapped[str] = mapped_column(sa.String(400), default="")
    recommends: Mapped[bool]
    consent_to_quote: Mapped[bool] = mapped_column(default=False)
    promise: Mapped[str] = mapped_column(sa.String(400), default="")
    given_by_name: Mapped[str] = mapped_column(sa.String(60))
    given_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id"),
    )


class Survey(TenantOwned, Identified, db.Model):
    """One question asked of people by a link; its address is signed from the id of its `PublicLink`."""

    engagement_id: Mapped[UUID]
    kind: Mapped[SurveyKind] = mapped_column(choice(SurveyKind))
    label: Mapped[str] = mapped_column(sa.String(80))
    link_id: Mapped[UUID]
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_survey_tenant_engagement", "tenant_id", "engagement_id", "made_at"),
    )


class SurveyAnswer(TenantOwned, Identified, db.Model):
    """One tap of one person, told apart by what their browser keeps (`once`). Never changed."""

    survey_id: Mapped[UUID]
    score: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(400), default="")
    once: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (owned_reference("survey_id", "survey"), sa.UniqueConstraint("tenant_id", "survey_id", "once"))


class AdvicePick(TenantOwned, Identified, db.Model):
    """Advice picked from the library and adapted to the merchant; looked at again on `review_on`."""

    engagement_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(40))
    topic: Mapped[str] = mapped_column(sa.String(40))
    action: Mapped[str] = mapped_column(sa.String(200))
    why: Mapped[str] = mapped_column(sa.String(200))
    effort: Mapped[str] = mapped_column(sa.String(10))
    metric: Mapped[str] = mapped_column(sa.String(40))
    review_on: Mapped[date]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_advice_pick_tenant_engagement", "tenant_id", "engagement_id", "topic"),
    )


class Inquiry(TenantOwned, Identified, db.Model):
    """A question, who answers it by when, and the answer; `in_faq` shows it to everybody of the merchant."""

    engagement_id: Mapped[UUID]
    question: Mapped[str] = mapped_column(sa.String(1000))
    asked_by: Mapped[UUID | None]
    asked_by_name: Mapped[str] = mapped_column(sa.String(60))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    owner_id: Mapped[UUID | None]
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(sa.String(4000), default="")
    answered_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    answered_at: Mapped[datetime | None]
    in_faq: Mapped[bool] = mapped_column(default=False)
    library_id: Mapped[UUID | None]
    form_key: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_inquiry_tenant_engagement", "tenant_id", "engagement_id", "asked_at"),
    )


class LibraryAnswer(Identified, db.Model):
    """An answer that a consultant made general: the firm's, for all its merchants' questions to come."""

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(1000))
    answer: Mapped[str] = mapped_column(sa.String(4000))
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
