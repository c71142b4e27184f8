"""Threads of the merchant in scope, as one side may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.tenants.models import StoredFile, TenantMember
from siyu_saas.tenants.rules import Side

from .models import Comment, CommentFile, Mention, ReadMark


def comments_about(kind: str, subject_id: UUID, *, team: bool, limit: int, offset: int = 0) -> list[Comment]:
    """The latest ones, oldest first; `team`: the reader also sees what is for the team only."""
    chosen = sa.select(Comment).where(Comment.subject_kind == kind, Comment.subject_id == subject_id)
    latest = _readable(chosen, team).order_by(Comment.written_at.desc(), Comment.id.desc())
    return list(db.session.scalars(latest.limit(limit).offset(offset)))[::-1]


def comments_around(subject_id: UUID, *, team: bool, limit: int = 300) -> list[Comment]:
    """Of all kinds that one thing is talked about in, such as the sections of a report; oldest first."""
    chosen = sa.select(Comment).where(Comment.subject_id == subject_id, Comment.removed_at.is_(None))
    return list(db.session.scalars(_readable(chosen, team).order_by(Comment.written_at, Comment.id).limit(limit)))


def files_of(comment_ids: Sequence[UUID]) -> dict[UUID, list[sa.Row]]:
    """Rows (comment id, file id, name, size) of files that were not removed, by comment."""
    if not comment_ids:
        return {}
    rows = db.session.execute(
        sa.select(CommentFile.comment_id, StoredFile.id, StoredFile.name, StoredFile.size)
        .join(StoredFile, StoredFile.id == CommentFile.file_id)
        .where(CommentFile.comment_id.in_(comment_ids), StoredFile.removed_at.is_(None))
        .order_by(CommentFile.id)
    )
    found = defaultdict(list)
    for row in rows:
        found[row.comment_id].append(row)
    return found


def comment_with(comment_id: UUID, *, team: bool) -> Comment | None:
    chosen = sa.select(Comment).where(Comment.id == comment_id, Comment.removed_at.is_(None))
    return db.session.scalar(_readable(chosen, team))


def comment_of_form(form_key: str) -> Comment | None:
    return db.session.scalar(sa.select(Comment).where(Comment.form_key == form_key))


def meant_in(comment_id: UUID) -> set[UUID]:
    return set(db.session.scalars(sa.select(Mention.user_id).where(Mention.comment_id == comment_id)))


def writers_about(kind: str, subject_id: UUID) -> set[UUID]:
    chosen = sa.select(Comment.author_id).where(Comment.subject_kind == kind, Comment.subject_id == subject_id)
    return set(db.session.scalars(chosen.where(Comment.author_id.is_not(None))))


def threads_of(engagement_id: UUID, *, reader_id: UUID, team: bool, limit: int, offset: int) -> list[sa.Row]:
    """Rows (kind, subject id, label, how many, how many unread, latest) of a service period, the latest first."""
    unread = sa.and_(
        Comment.author_id.is_distinct_from(reader_id),
        sa.or_(ReadMark.read_at.is_(None), Comment.written_at > ReadMark.read_at),
    )
    chosen = (
        sa.select(
            Comment.subject_kind.label("kind"),
            Comment.subject_id,
            sa.func.max(Comment.subject_label).label("label"),
            sa.func.count().label("total"),
            sa.func.sum(sa.case((unread, 1), else_=0)).label("unread"),
            sa.func.max(Comment.written_at).label("latest"),
        )
        .outerjoin(
            ReadMark,
            sa.and_(
                ReadMark.subject_kind == Comment.subject_kind,
                ReadMark.subject_id == Comment.subject_id,
                ReadMark.user_id == reader_id,
            ),
        )
        .where(Comment.engagement_id == engagement_id, Comment.removed_at.is_(None))
        .group_by(Comment.subject_kind, Comment.subject_id)
        .order_by(sa.func.max(Comment.written_at).desc(), Comment.subject_id)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.execute(_readable(chosen, team)))


def mark_of(reader_id: UUID, kind: str, subject_id: UUID) -> ReadMark | None:
    return db.session.scalar(
        sa.select(ReadMark).where(
            ReadMark.user_id == reader_id, ReadMark.subject_kind == kind, ReadMark.subject_id == subject_id
        )
    )


def people_to_mention(tenant_id: UUID) -> list[tuple[UUID, str, bool]]:
    """(id, name, is of the firm) of everybody in the workspace."""
    rows = db.session.execute(
        sa.select(User.id, User.name, TenantMember.role)
        .join(TenantMember, TenantMember.user_id == User.id)
        .where(TenantMember.tenant_id == tenant_id, TenantMember.left_at.is_(None), User.active)
        .order_by(User.name)
    )
    return [(row.id, row.name, row.role.side is Side.FIRM) for row in rows]


def _readable(chosen: sa.Select, team: bool) -> sa.Select:
    return chosen if team else chosen.where(Comment.internal.is_(False))
