"""Signing in and out, accounts, and what is remembered of a session."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from siyu_saas.core import audit
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, own_transaction
from siyu_saas.core.ids import new_id

from .models import User, UserSession
from .password import hash_password
from .queries import token_hash

TOKEN_BYTES = 32

log = structlog.get_logger()


def create_user(*, email: str, name: str, password: str) -> User:
    user = User(id=new_id(), email=email.strip().lower(), name=name, password_hash=hash_password(password))
    db.session.add(user)
    db.session.flush()
    return user


def welcome(name: str) -> User:
    """Somebody who came by a link: no e-mail, no password yet."""
    user = User(id=new_id(), name=name)
    db.session.add(user)
    db.session.flush()
    return user


def start_session(
    user: User, *, address: str | None, device: str, code: str | None = None, lasts: timedelta | None = None
) -> UserSession:
    """A fresh session with a fresh token, known to the browser only.

    `code` is the one of the link that it began with: signing asks for it again. `lasts` replaces the usual limits.
    """
    row = UserSession(id=new_id(), user=user, address=address, device=device[:200])
    row.code_hash = hash_password(code) if code else None
    row.expires_at = now() + lasts if lasts else None
    row.token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash = token_hash(row.token)
    db.session.add(row)
    audit.record(
        "session.started", row, by=audit.Actor(user.name, user.id, address=address), label=user.email or user.name
    )
    db.session.flush()
    return row


def end_session(row: UserSession, *, at: datetime) -> None:
    row.ended_at = at
    audit.record(
        "session.ended", row, by=audit.Actor(row.user.name, row.user_id), label=row.user.email or row.user.name
    )
    db.session.flush()


def touch_session(row: UserSession, *, at: datetime) -> None:
    """Notes that the browser was seen, beside the page's own reading transaction. A page is shown without it too."""
    try:
        with own_transaction() as session:
            session.execute(sa.update(UserSession).where(UserSession.id == row.id).values(seen_at=at))
    except sa.exc.OperationalError as error:
        log.warning("session not touched", error=str(error.orig))


def choose_theme(user: User, theme: str) -> None:
    user.theme = theme
    db.session.flush()


def forget_sessions(*, older_than: timedelta) -> int:
    """Removes sessions begun long ago. Returns how many."""
    return db.session.execute(sa.delete(UserSession).where(UserSession.started_at < now() - older_than)).rowcount
