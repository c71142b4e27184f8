"""Checklists of a service period, their items and criteria, the evidence for them, and each review."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.states import Evidence as EvidenceKind
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.tenants.rules import Side


class Checklist(TenantOwned, Identified, db.Model):
    """A checklist of a pack, copied when it was taken up; `pack` and `pack_version` say from where."""

    engagement_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    pack: Mapped[str] = mapped_column(sa.String(40))
    pack_version: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(default=now)
    begun_by_name: Mapped[str] = mapped_column(sa.String(60))
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "key"),
    )


class Item(TenantOwned, Identified, db.Model):
    """What has to be done, why, how, and by which standard it is accepted. `round` counts its submissions."""

    __tablename__ = "checklist_item"

    checklist_id: Mapped[UUID]
    engagement_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    why: Mapped[str] = mapped_column(sa.String(400), default="")
    how: Mapped[str] = mapped_column(sa.Text, default="")
    good: Mapped[str] = mapped_column(sa.Text, default="")
    bad: Mapped[str] = mapped_column(sa.Text, default="")
    evidence: Mapped[EvidenceKind] = mapped_column(choice(EvidenceKind))
    side: Mapped[Side] = mapped_column(choice(Side))
    role: Mapped[str] = mapped_column(sa.String(30), default="")
    metric: Mapped[str] = mapped_column(sa.String(60), default="")
    template: Mapped[str] = mapped_column(sa.String(60), default="")
    state: Mapped[ItemState] = mapped_column(choice(ItemState), default=ItemState.TODO)
    due_on: Mapped[date | None]
    round: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[UUID | None]
    submitted_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    settled_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("checklist_id", "checklist"),
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "checklist_id", "key"),
        sa.Index("ix_checklist_item_tenant_state", "tenant_id", "state", "submitted_at"),
    )


class Criterion(TenantOwned, Identified, db.Model):
    """One part of an item's standard; `met` is what the last review found."""

    item_id: Mapped[UUID]
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(400))
    met: Mapped[bool | None]

    __table_args__ = (
        owned_reference("item_id", "checklist_item"),
        sa.UniqueConstraint("tenant_id", "item_id", "position"),
    )


class Evidence(TenantOwned, Identified, db.Model):
    """What shows that a criterion is met: a file, an address or words. It belongs to the round it was given for."""

    item_id: Mapped[UUID]
    criterion_id: Mapped[UUID | None]
    round: Mapped[int]
    file_id: Mapped[UUID | None]
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    form_key: Mapped[str] = mapped_column(sa.String(64))
    given_by: Mapped[UUID | None]
    given_by_name: Mapped[str] = mapped_column(sa.String(60))
    given_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("item_id", "checklist_item"),
        owned_reference("criterion_id", "criterion"),
        owned_reference("file_id", "stored_file"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_evidence_tenant_item", "tenant_id", "item_id", "round"),
    )


class Review(TenantOwned, Identified, db.Model):
    """How one round ended. `unmet` are the positions of the criteria that were not met."""

    item_id: Mapped[UUID]
    round: Mapped[int]
    accepted: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    unmet: Mapped[list] = mapped_column(default=list)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("item_id", "checklist_item"),
        sa.UniqueConstraint("tenant_id", "item_id", "round"),
    )
