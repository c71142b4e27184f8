"""Signing in and out, logins, passwords, one-time codes, and what is remembered of a session."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import pyotp
import sqlalchemy as sa
import structlog

from siyu_saas.core import audit
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, own_transaction
from siyu_saas.core.ids import new_id

from .models import PasswordReset, RecoveryCode, SignInAttempt, User, UserSession
from .password import hash_password
from .queries import token_hash, unused_recovery_codes
from .rules import RECOVERY_CODES, STEP_SECONDS, Outcome, code_typed, same_secret, steps_to_try

TOKEN_BYTES = 32
RECOVERY_BYTES = 5

log = structlog.get_logger()


def create_user(*, email: str, name: str, password: str) -> User:
    return create_account(name=name, email=email.strip().lower(), phone=None, password=password)


def create_account(*, name: str, email: str | None, phone: str | None, password: str) -> User:
    user = User(id=new_id(), email=email, phone=phone, name=name, password_hash=hash_password(password))
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
    row = UserSession(id=new_id(), user=user, address=address, device=device[:200], wrong_proofs=0)
    row.code_hash = hash_password(code) if code else None
    row.expires_at = now() + lasts if lasts else None
    renew_token(row)
    db.session.add(row)
    db.session.add(_attempt(user, Outcome.OK, address, device))
    audit.record("session.started", row, by=audit.Actor(user.name, user.id, address=address), label=user.login)
    db.session.flush()
    return row


def renew_token(row: UserSession) -> None:
    """A new token for the same browser, after it gained or lost a right."""
    row.token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash = token_hash(row.token)


def end_session(row: UserSession, *, at: datetime) -> None:
    row.ended_at = at
    audit.record("session.ended", row, by=audit.Actor(row.user.name, row.user_id), label=row.user.login)
    db.session.flush()


def end_other_sessions(user: User, *, but: UserSession | None = None) -> int:
    """Returns how many were ended."""
    others = sa.update(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    if but is not None:
        others = others.where(UserSession.id != but.id)
    ended = db.session.execute(others.values(ended_at=now())).rowcount
    audit.record("sessions.ended", user, by=_self(user), label=user.login, changes={"count": (None, ended)})
    db.session.flush()
    return ended


def touch_session(row: UserSession, *, at: datetime) -> None:
    """Notes that the browser was seen, beside the page's own reading transaction. A page is shown without it too."""
    try:
        with own_transaction() as session:
            session.execute(sa.update(UserSession).where(UserSession.id == row.id).values(seen_at=at))
    except sa.exc.OperationalError as error:
        log.warning("session not touched", error=str(error.orig))


def note_failure(user: User | None, *, address: str | None, device: str) -> None:
    """Into the person's history; kept although the sign-in is refused."""
    with own_transaction() as session:
        session.add(_attempt(user, Outcome.WRONG, address, device))


def rename(user: User, name: str) -> None:
    audit.record("user.renamed", user, by=_self(user), label=name, changes={"name": (user.name, name)})
    user.name = name
    db.session.flush()


def change_login(user: User, *, email: str | None, phone: str | None) -> None:
    """Mailed ways to a new password die with the old login."""
    changes = {"email": (user.email, email), "phone": (user.phone, phone)}
    user.email, user.phone, user.credentials_changed_at, user.mail_refused_at = email, phone, now(), None
    audit.record("login.changed", user, by=_self(user), label=user.login, changes=changes)
    db.session.flush()


def set_password(user: User, password: str, *, keep: UserSession | None) -> None:
    """Every other session ends; the one that is kept gets a new token."""
    user.password_hash, user.credentials_changed_at = hash_password(password), now()
    audit.record("password.changed", user, by=_self(user), label=user.login)
    end_other_sessions(user, but=keep)
    if keep is not None:
        renew_token(keep)
    db.session.flush()


def ask_for_reset(user: User) -> PasswordReset:
    row = PasswordReset(id=new_id(), user_id=user.id, made_at=now())
    db.session.add(row)
    audit.record("password.reset_asked", user, by=_self(user), label=user.login)
    db.session.flush()
    return row


def use_reset(row: PasswordReset, user: User, password: str) -> None:
    row.used_at = now()
    set_password(user, password, keep=None)


def switch_totp_on(user: User, secret: str, code: str, *, keep: UserSession) -> list[str] | None:
    """The recovery codes, to be shown once; None when the code does not fit the secret."""
    step = _fitting_step(secret, code_typed(code), None)
    if step is None:
        return None
    user.totp_secret, user.totp_step = secret, step
    audit.record("totp.on", user, by=_self(user), label=user.login)
    renew_token(keep)
    return new_recovery_codes(user)


def switch_totp_off(user: User, *, keep: UserSession) -> None:
    user.totp_secret = user.totp_step = None
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    audit.record("totp.off", user, by=_self(user), label=user.login)
    renew_token(keep)
    db.session.flush()


def new_recovery_codes(user: User) -> list[str]:
    """Those made before are void."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [secrets.token_hex(RECOVERY_BYTES) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(id=new_id(), user_id=user.id, code_hash=token_hash(code)) for code in codes)
    db.session.flush()
    return codes


def use_code(user: User, typed: str) -> bool:
    """A one-time code that was not used before, or a recovery code; either is spent by this."""
    plain = code_typed(typed)
    step = _fitting_step(user.totp_secret, plain, user.totp_step)
    if step is not None:
        user.totp_step = step
        db.session.flush()
        return True
    wanted = token_hash(plain)
    row = next((one for one in unused_recovery_codes(user.id) if same_secret(one.code_hash, wanted)), None)
    if row is None:
        return False
    row.used_at = now()
    audit.record("recovery_code.used", user, by=_self(user), label=user.login)
    db.session.flush()
    return True


def choose_theme(user: User, theme: str) -> None:
    user.theme = theme
    db.session.flush()


def forget_sign_ins(*, older_than: timedelta) -> int:
    """Removes sessions, attempts and mailed resets begun long ago. Returns how many."""
    limit = now() - older_than
    old = (
        sa.delete(UserSession).where(UserSession.started_at < limit),
        sa.delete(SignInAttempt).where(SignInAttempt.at < limit),
        sa.delete(PasswordReset).where(PasswordReset.made_at < limit),
    )
    return sum(db.session.execute(statement).rowcount for statement in old)


def _fitting_step(secret: str, code: str, last_used: int | None) -> int | None:
    totp = pyotp.TOTP(secret)
    for step in steps_to_try(now(), last_used):
        if same_secret(code, totp.at(step * STEP_SECONDS)):
            return step
    return None


def _attempt(user: User | None, outcome: Outcome, address: str | None, device: str) -> SignInAttempt:
    return SignInAttempt(
        id=new_id(), user_id=user.id if user else None, at=now(), outcome=outcome, address=address, device=device[:200]
    )


def _self(user: User) -> audit.Actor:
    return audit.Actor(user.name, user.id)
