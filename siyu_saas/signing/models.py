"""Documents, signatures, and the seals that a verification code is held against."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.accounts.rules import Proof
from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned, TenantSession
from siyu_saas.tenants.rules import Role, Side

FROZEN = ("kind", "number", "title", "content", "sha256", "previous_sha256", "engagement_id", "subject_id", "code")


class Document(TenantOwned, Identified, db.Model):
    """One version of a text that both sides sign. A draft may change; once proposed it is frozen with its digest.

    `kind` is registered in `signing.kinds`. A chain of versions is about one subject: the engagement itself or a thing
    in it.
    """

    engagement_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[UUID]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    content: Mapped[dict]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    previous_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    code: Mapped[str | None] = mapped_column(sa.String(12))
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    proposed_at: Mapped[datetime | None]
    in_force_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "kind", "subject_id", "number"),
    )


class Signature(TenantOwned, Identified, db.Model):
    """One side's signature under one version: who it was then, and the digest that was signed. Never changed."""

    document_id: Mapped[UUID]
    side: Mapped[Side] = mapped_column(choice(Side))
    user_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(60))
    role: Mapped[Role] = mapped_column(choice(Role))
    at: Mapped[datetime] = mapped_column(default=now)
    address: Mapped[str | None] = mapped_column(sa.String(45))
    proof: Mapped[Proof] = mapped_column(choice(Proof))
    sha256: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (
        owned_reference("document_id", "document"),
        sa.UniqueConstraint("tenant_id", "document_id", "side"),
    )


class Seal(Identified, db.Model):
    """What the public may learn of a document that both sides signed: its kind, its digest and the day."""

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    sealed_on: Mapped[date]


class Frozen(RuntimeError):
    """Somebody tried to change a proposed text or a signature."""


@event.listens_for(TenantSession, "before_flush")
def _stay_frozen(session: TenantSession, _context, _instances) -> None:
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Signature) and (row in session.deleted or session.is_modified(row)):
            raise Frozen("a signature is never changed or removed")
        if isinstance(row, Document) and _touches_frozen(session, row):
            raise Frozen("a proposed document is never changed or removed")


def _touches_frozen(session: TenantSession, row: Document) -> bool:
    state = sa.inspect(row).attrs
    before = state.proposed_at.history
    if not any((*before.deleted, *before.unchanged)):
        return False
    return row in session.deleted or any(state[name].history.has_changes() for name in FROZEN)
