"""Who answers which section, their sheets, and what each device sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules import Role


class Assignment(TenantOwned, Identified, db.Model):
    """One section for one role or one person. A section without any is for whoever leads on the merchant's side.

    `user_name` stands alone while the person behind `invitation_id` has not come in yet.
    """

    asked_id: Mapped[UUID]
    section: Mapped[str] = mapped_column(sa.String(40))
    role: Mapped[Role | None] = mapped_column(choice(Role))
    user_id: Mapped[UUID | None]
    user_name: Mapped[str] = mapped_column(sa.String(60), default="")
    invitation_id: Mapped[UUID | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("asked_id", "asked_questionnaire"),
        sa.Index("ix_assignment_tenant_asked", "tenant_id", "asked_id"),
        sa.Index("ix_assignment_tenant_invitation", "tenant_id", "invitation_id"),
        sa.UniqueConstraint("tenant_id", "form_key"),
    )


class Sheet(TenantOwned, Identified, db.Model):
    """One person's answers to one questionnaire. Submitting locks it; reopening makes the next `edition`.

    `sections` are those it was submitted with. Whoever sends last is right, so there is no version to compare; what
    other devices sent stays in `Received`. `proxied`: questions that a consultant answered for the person (代填).
    """

    asked_id: Mapped[UUID]
    user_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(60))
    role: Mapped[Role] = mapped_column(choice(Role))
    edition: Mapped[int] = mapped_column(default=1)
    answers: Mapped[dict] = mapped_column(default=dict)
    proxied: Mapped[list] = mapped_column(default=list)
    sections: Mapped[list] = mapped_column(default=list)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    submitted_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("asked_id", "asked_questionnaire"),
        sa.UniqueConstraint("tenant_id", "asked_id", "user_id", "edition"),
    )


class Received(TenantOwned, Identified, db.Model):
    """What one device last sent for one question. `seq` counts within `client`, which is made with the device's outbox."""

    sheet_id: Mapped[UUID]
    question: Mapped[str] = mapped_column(sa.String(60))
    client: Mapped[str] = mapped_column(sa.String(64))
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    value: Mapped[Any] = mapped_column(sa.JSON)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    by_proxy: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("sheet_id", "sheet"),
        sa.UniqueConstraint("tenant_id", "sheet_id", "client", "question"),
    )
