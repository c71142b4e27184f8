"""People and their open sessions. Both belong to the house, not to a merchant; the door decides what they may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db


class User(Identified, db.Model):
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(sa.String(5), default="auto")
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


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
