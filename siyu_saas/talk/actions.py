"""Writing, mending and removing comments, and noting how far somebody has read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.files.content import Accepted
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.rules import Side

from .models import Comment, CommentFile, Mention, ReadMark
from .queries import comment_of_form, mark_of, meant_in, people_to_mention
from .rules import MENDABLE_FOR, may_be_told, may_mend, mentioned
from .subjects import Topic


def write_comment(
    text: str,
    *,
    kind: str,
    subject_id: UUID,
    topic: Topic,
    internal: bool,
    side: Side,
    form_key: str,
    files: Sequence[Accepted] = (),
    storage=None,
    by: Actor,
) -> Comment:
    """The same form again gives the comment of the first time."""
    before = comment_of_form(form_key)
    if before is not None:
        return before
    row = Comment(
        id=new_id(),
        engagement_id=topic.engagement_id,
        subject_kind=kind,
        subject_id=subject_id,
        subject_label=topic.label[:120],
        author_id=by.user_id,
        author_name=by.name,
        author_side=side,
        text=text,
        internal=internal,
        form_key=form_key,
        written_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    for place, accepted in enumerate(files):
        file = add_file(
            accepted,
            engagement_id=topic.engagement_id,
            form_key=f"{form_key}-{place}",
            team_only=internal,
            storage=storage,
            by=by,
        )
        db.session.add(CommentFile(id=new_id(), comment_id=row.id, file_id=file.id))
    _mention(row)
    audit.record("note.discussed" if internal else "comment.written", row, by=by, label=row.subject_label)
    mark_read(by.user_id, kind, subject_id)
    return row


def mend_comment(row: Comment, text: str, *, by: Actor) -> None:
    """Raises NotReady when the ten minutes are over; whoever is newly meant is told."""
    if not may_mend(author_id=row.author_id, reader_id=by.user_id, written_at=row.written_at, at=now()):
        minutes = MENDABLE_FOR.seconds // 60
        raise NotReady(f"发出超过 {minutes} 分钟的评论不能再改，可以再写一条补充。")
    row.text, row.mended_at = text, now()
    newly = _mention(row)
    audit.record(
        "note.discussion_mended" if row.internal else "comment.mended",
        row,
        by=by,
        label=row.subject_label,
        changes={"@": (None, "、".join(newly))} if newly else None,
    )
    db.session.flush()


def remove_comment(row: Comment, *, by: Actor) -> None:
    """Only the author does; the row stays, so that answers to it keep their place."""
    if row.author_id != by.user_id:
        raise NotReady("只能删除自己写的评论。")
    row.removed_at = now()
    audit.record("note.discussion_removed" if row.internal else "comment.removed", row, by=by, label=row.subject_label)
    db.session.flush()


def mark_read(user_id: UUID, kind: str, subject_id: UUID) -> None:
    mark = mark_of(user_id, kind, subject_id)
    if mark is None:
        mark = ReadMark(id=new_id(), user_id=user_id, subject_kind=kind, subject_id=subject_id)
        db.session.add(mark)
    mark.read_at = now()
    db.session.flush()


def _mention(row: Comment) -> list[str]:
    """The names that were not meant before."""
    people = may_be_told(people_to_mention(row.tenant_id), internal=row.internal)
    meant = set(mentioned(row.text, people)) - {row.author_id}
    newly = sorted(meant - set(meant_in(row.id)))
    db.session.add_all(Mention(id=new_id(), comment_id=row.id, user_id=user_id) for user_id in newly)
    db.session.flush()
    return [people[user_id] for user_id in newly]
