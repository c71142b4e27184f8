"""Finding people, their sessions, and their ways back in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db

from .models import PasswordReset, RecoveryCode, SignInAttempt, User, UserSession
from .rules import RESET_VALID_FOR, login_typed, phone_of

OPEN_SESSION = sa.select(UserSession).where(
    UserSession.token_hash == sa.bindparam("token_hash"), UserSession.ended_at.is_(None)
)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def user_by_login(typed: str) -> User | None:
    """By e-mail, or by mobile number however it was typed."""
    login = User.phone if phone_of(typed) else User.email
    return db.session.scalar(sa.select(User).where(login == login_typed(typed)))


def user_with(user_id: UUID) -> User:
    return db.session.get_one(User, user_id)


def known_user(user_id: UUID) -> User | None:
    """None also for a closed account."""
    return db.session.scalar(sa.select(User).where(User.id == user_id, User.active))


def login_is_taken(*, email: str | None, phone: str | None, by_other_than: UUID) -> bool:
    same = [column == value for column, value in ((User.email, email), (User.phone, phone)) if value]
    return (
        bool(same) and db.session.scalar(sa.select(User.id).where(sa.or_(*same), User.id != by_other_than)) is not None
    )


def open_session(token: str) -> UserSession | None:
    """The session of this token with its user, if neither has been ended."""
    row = db.session.scalar(OPEN_SESSION, {"token_hash": token_hash(token)})
    return row if row is not None and row.user.active else None


def open_sessions(user_id: UUID) -> list[UserSession]:
    """Not ended by anybody, the last used first."""
    chosen = sa.select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(UserSession.seen_at.desc()).limit(50)))


def session_with(session_id: UUID, user_id: UUID) -> UserSession | None:
    return db.session.scalar(sa.select(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id))


def attempts_of(user_id: UUID, limit: int) -> list[SignInAttempt]:
    chosen = sa.select(SignInAttempt).where(SignInAttempt.user_id == user_id)
    return list(db.session.scalars(chosen.order_by(SignInAttempt.at.desc()).limit(limit)))


def unused_recovery_codes(user_id: UUID) -> list[RecoveryCode]:
    return list(
        db.session.scalars(
            sa.select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
        )
    )


def live_reset(reset_id: UUID, at: datetime) -> tuple[PasswordReset, User] | None:
    """Unused, younger than half an hour, and of somebody whose login and password are still the same."""
    row = db.session.execute(
        sa.select(PasswordReset, User)
        .join(User, User.id == PasswordReset.user_id)
        .where(PasswordReset.id == reset_id, PasswordReset.used_at.is_(None), User.active)
    ).one_or_none()
    if row is None or at - row[0].made_at > RESET_VALID_FOR:
        return None
    changed = row[1].credentials_changed_at
    return None if changed is not None and changed > row[0].made_at else tuple(row)
