"""The dictionary of tags that a merchant uses, and the steps of its standard procedures."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.groups import GroupKind


class Tag(TenantOwned, Identified, db.Model):
    """One value of a tag group; `leads_to` is the kind of group that people with it are invited to."""

    engagement_id: Mapped[UUID]
    family: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.String(60))
    source: Mapped[str] = mapped_column(sa.String(120), default="")
    use: Mapped[str] = mapped_column(sa.String(200), default="")
    leads_to: Mapped[GroupKind | None] = mapped_column(choice(GroupKind))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "family", "value"),
    )


class SopStep(TenantOwned, Identified, db.Model):
    """When something happens: what is done, how fast, by whom, and what is the exception. `day` orders steps over days."""

    engagement_id: Mapped[UUID]
    scene: Mapped[str] = mapped_column(sa.String(40))
    day: Mapped[int] = mapped_column(default=0)
    trigger: Mapped[str] = mapped_column(sa.String(120))
    action: Mapped[str] = mapped_column(sa.String(400))
    within: Mapped[str] = mapped_column(sa.String(40), default="")
    role: Mapped[str] = mapped_column(sa.String(40), default="")
    exception: Mapped[str] = mapped_column(sa.String(200), default="")
    removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_sop_step_tenant_engagement", "tenant_id", "engagement_id", "scene", "day"),
    )
