"""Comments, who is meant in them, their files, and how far each person has read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules import Side


class Comment(TenantOwned, Identified, db.Model):
    """`internal` is for the team only. A removed comment keeps its place without its text being shown."""

    engagement_id: Mapped[UUID]
    subject_kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[UUID]
    subject_label: Mapped[str] = mapped_column(sa.String(120))
    author_id: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(sa.String(60))
    author_side: Mapped[Side] = mapped_column(choice(Side))
    text: Mapped[str] = mapped_column(sa.Text)
    internal: Mapped[bool] = mapped_column(default=False)
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    written_at: Mapped[datetime] = mapped_column(default=now)
    mended_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_comment_tenant_subject", "tenant_id", "subject_kind", "subject_id", "written_at"),
        sa.Index("ix_comment_tenant_engagement", "tenant_id", "engagement_id", "written_at"),
    )


class Mention(TenantOwned, Identified, db.Model):
    comment_id: Mapped[UUID]
    user_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("comment_id", "comment"),
        sa.UniqueConstraint("tenant_id", "comment_id", "user_id"),
    )


class CommentFile(TenantOwned, Identified, db.Model):
    comment_id: Mapped[UUID]
    file_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("comment_id", "comment"),
        owned_reference("file_id", "stored_file"),
        sa.UniqueConstraint("tenant_id", "comment_id", "file_id"),
    )


class ReadMark(TenantOwned, Identified, db.Model):
    """Up to when a person has read a thread."""

    user_id: Mapped[UUID]
    subject_kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[UUID]
    read_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("tenant_id", "user_id", "subject_kind", "subject_id"),)
