"""Telling people, each once; what they read; what they chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import current_scope
from siyu_saas.notices.facts import Message
from siyu_saas.notices.models import Digest, Notice, NoticeChoice
from siyu_saas.notices.queries import choices_of, modes_of, readers_among, told_already
from siyu_saas.notices.rules.kinds import Kind, Mode


def tell(message: Message, *, kind: Kind, key: str, but: UUID | None = None) -> list[Notice]:
    """A notice for each person concerned who may still enter, except `but` and whoever has it. Returns the new ones."""
    concerned = readers_among(current_scope().write, set(message.to) - {but}, team=message.internal)
    people = concerned - told_already(key, concerned)
    modes = modes_of(people, kind)
    made = [
        Notice(
            id=new_id(),
            user_id=person,
            engagement_id=message.engagement_id,
            kind=kind,
            mode=modes.get(person, kind.default),
            key=key,
            title=" ".join(message.title.split())[:200],
            endpoint=message.endpoint,
            values={name: str(value) for name, value in message.values.items()},
            at=now(),
        )
        for person in sorted(people)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def mark_seen(user_id: UUID, *, until: datetime) -> None:
    """In a merchant's scope."""
    db.session.execute(
        sa.update(Notice)
        .where(Notice.user_id == user_id, Notice.read_at.is_(None), Notice.at <= until)
        .values(read_at=now())
    )


def choose(user_id: UUID, modes: Mapping[Kind, Mode]) -> None:
    known = choices_of(user_id)
    for kind, mode in modes.items():
        row = known.get(kind)
        if row is None:
            db.session.add(NoticeChoice(id=new_id(), user_id=user_id, kind=kind, mode=mode))
        else:
            row.mode = mode
    db.session.flush()


def stop_mails(user_id: UUID) -> None:
    choose(user_id, dict.fromkeys(Kind, Mode.NEVER))


def leave_to_digest(notice: Notice) -> None:
    """Nobody knows whether its own mail arrived: the next digest tells it, unless it is read by then."""
    notice.mode, notice.at = Mode.DIGEST, now()
    db.session.flush()


def note_refused_mail(user_id: UUID, *, at: datetime | None) -> None:
    """Not an edit of the account: forms that are open stay as they are."""
    changed = User.mail_refused_at.is_(None) if at else User.mail_refused_at.is_not(None)
    db.session.execute(sa.update(User).where(User.id == user_id, changed).values(mail_refused_at=at))


def note_digest(user_id: UUID, row: Digest | None, *, until: datetime) -> None:
    if row is None:
        row = Digest(id=new_id(), user_id=user_id)
        db.session.add(row)
    row.told_until = until
    db.session.flush()
