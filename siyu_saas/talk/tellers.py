"""Whom a comment concerns: those who are meant, and those who took part."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement

from .models import Comment, Mention
from .rules import excerpt
from .subjects import SUBJECTS


@tells("comment.written", Kind.COMMENT)
@tells("note.discussed", Kind.COMMENT)
def written(event: AuditEvent) -> list[Message]:
    comment = db.session.scalar(db.select(Comment).where(Comment.id == event.object_id, Comment.removed_at.is_(None)))
    topic = SUBJECTS[comment.subject_kind].find(comment.subject_id) if comment is not None else None
    if topic is None:
        return []
    number = db.session.scalar(db.select(Engagement.number).where(Engagement.id == comment.engagement_id))
    said = f"{comment.author_name} 在「{comment.subject_label}」下说：{excerpt(comment.text)}"
    page = (topic.endpoint, {"number": number, **topic.values}, comment.engagement_id, comment.internal)
    return [Message(_meant(comment), said, *page, kind=Kind.MENTION), Message(_took_part(comment), said, *page)]


def _meant(comment: Comment) -> set[UUID]:
    return set(db.session.scalars(db.select(Mention.user_id).where(Mention.comment_id == comment.id)))


def _took_part(comment: Comment) -> set[UUID]:
    chosen = db.select(Comment.author_id).where(
        Comment.subject_kind == comment.subject_kind,
        Comment.subject_id == comment.subject_id,
        Comment.author_id.is_not(None),
    )
    return set(db.session.scalars(chosen))
