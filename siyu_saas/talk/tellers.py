"""Whom a comment concerns: those who are meant, those who took part, and those who have to answer it."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role, Side

from .models import Comment
from .queries import meant_in, people_to_mention, writers_about
from .rules import excerpt
from .subjects import SUBJECTS, Topic

LEADS = (Role.LEAD, Role.COORDINATOR)


@tells("comment.written", Kind.COMMENT)
@tells("note.discussed", Kind.COMMENT)
def written(event: AuditEvent) -> list[Message]:
    comment, topic = _said(event)
    if topic is None:
        return []
    concerned = writers_about(comment.subject_kind, comment.subject_id) | _answering(comment, topic)
    return [
        _about(comment, topic, meant_in(comment.id), Kind.MENTION),
        _about(comment, topic, concerned, Kind.COMMENT),
    ]


@tells("comment.mended", Kind.MENTION)
@tells("note.discussion_mended", Kind.MENTION)
def mended(event: AuditEvent) -> list[Message]:
    """Only those whose names were not in it before."""
    comment, topic = _said(event)
    if topic is None:
        return []
    names = event.changes["@"][1].split("、") if "@" in event.changes else []
    meant = {person_id for person_id, name, _of_firm in people_to_mention(comment.tenant_id) if name in names}
    return [_about(comment, topic, meant & meant_in(comment.id), Kind.MENTION)]


def _said(event: AuditEvent) -> tuple[Comment | None, Topic | None]:
    comment = db.session.scalar(db.select(Comment).where(Comment.id == event.object_id, Comment.removed_at.is_(None)))
    return comment, comment and SUBJECTS[comment.subject_kind].find(comment.subject_id)


def _about(comment: Comment, topic: Topic, people: set[UUID], kind: Kind) -> Message:
    number = db.session.scalar(db.select(Engagement.number).where(Engagement.id == comment.engagement_id))
    return Message(
        people,
        f"{comment.author_name} 在「{comment.subject_label}」下说：{excerpt(comment.text)}",
        topic.endpoint,
        {"number": number, **topic.values},
        comment.engagement_id,
        internal=comment.internal,
        kind=kind,
    )


def _answering(comment: Comment, topic: Topic) -> set[UUID]:
    """Of the other side whoever has the thing to do, or else leads; what is said in the team is for the team."""
    if comment.internal or comment.author_side is Side.MERCHANT:
        return people_in(comment.tenant_id, side=Side.FIRM)
    known = {one.value: one for one in Role if one.side is Side.MERCHANT}
    people = topic.owners & people_in(comment.tenant_id, side=Side.MERCHANT)
    for roles in ([known[topic.role]] if topic.role in known else [], LEADS, [Role.BOSS]):
        people = people or people_in(comment.tenant_id, roles=roles)
    return people
