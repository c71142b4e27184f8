"""Finding people and their sessions."""

from __future__ import annotations

import hashlib
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db

from .models import User, UserSession

OPEN_SESSION = sa.select(UserSession).where(
    UserSession.token_hash == sa.bindparam("token_hash"), UserSession.ended_at.is_(None)
)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def user_by_email(email: str) -> User | None:
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def user_with(user_id: UUID) -> User:
    return db.session.get_one(User, user_id)


def open_session(token: str) -> UserSession | None:
    """The session of this token with its user, if neither has been ended."""
    row = db.session.scalar(OPEN_SESSION, {"token_hash": token_hash(token)})
    return row if row is not None and row.user.active else None
