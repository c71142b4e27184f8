"""People, their open sessions, and the ways back in. They belong to the house; the door decides what they may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db

from .rules import Outcome


class User(Identified, db.Model):
    """Somebody who came by a link has a name only; e-mail or phone and a password come later, if wished.

    `mail_refused_at`: when a mail server last said that nobody gets mail at this address.
    """

    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(sa.String(11), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    credentials_changed_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(sa.String(64))
    totp_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    active: Mapped[bool] = mapped_column(default=True)
    mail_refused_at: Mapped[datetime | None]
    theme: Mapped[str] = mapped_column(sa.String(5), default="auto")
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def login(self) -> str:
        return self.email or self.phone or self.name


class UserSession(UserMixin, Identified, db.Model):
    """A signed-in browser. The cookie holds a random token, this row its SHA-256: ending the row ends the session."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(sa.String(45))
    device: Mapped[str] = mapped_column(sa.String(200), default="")
    wrong_proofs: Mapped[int] = mapped_column(default=0)
    code_hash: Mapped[str | None] = mapped_column(sa.String(200))
    expires_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    token: str = ""

    def get_id(self) -> str:
        return self.token


class RecoveryCode(Identified, db.Model):
    """Lets its owner in once without the one-time code; shown only when it is made."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]


class PasswordReset(Identified, db.Model):
    """A mailed way to a new password. Its address is signed from its id (`core.tokens`)."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]


class SignInAttempt(Identified, db.Model):
    """One line of a person's sign-in history. Tries with unknown names are nobody's; what was typed is not kept."""

    user_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    address: Mapped[str | None] = mapped_column(sa.String(45))
    device: Mapped[str] = mapped_column(sa.String(200), default="")

    __table_args__ = (sa.Index("ix_sign_in_attempt_user_at", "user_id", "at"),)
