"""Messages for people, what they chose about them, group bots, and calendar addresses."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned

from .rules.bots import Platform
from .rules.kinds import Kind, Mode


class Notice(TenantOwned, Identified, db.Model):
    """One message for one person. `key` names the fact, so that nobody is told twice."""

    user_id: Mapped[UUID]
    engagement_id: Mapped[UUID | None]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    mode: Mapped[Mode] = mapped_column(choice(Mode))
    key: Mapped[str] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(200))
    endpoint: Mapped[str] = mapped_column(sa.String(80))
    values: Mapped[dict] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "user_id", "key"),
        sa.Index("ix_notice_user_at", "user_id", "at"),
    )


class NoticeChoice(Identified, db.Model):
    """What a person chose for one kind, in all workspaces."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    mode: Mapped[Mode] = mapped_column(choice(Mode))

    __table_args__ = (sa.UniqueConstraint("user_id", "kind"),)


class Digest(Identified, db.Model):
    """Up to when a person has been told in digests."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    told_until: Mapped[datetime]


class Bot(TenantOwned, Identified, db.Model):
    """A group bot of one service period. Its address and key are sealed: whoever has them can post as the bot.

    `recent` are the moments of its last calls, also of those that failed; until `busy_until` somebody is calling.
    """

    engagement_id: Mapped[UUID]
    platform: Mapped[Platform] = mapped_column(choice(Platform))
    name: Mapped[str] = mapped_column(sa.String(40))
    sealed_url: Mapped[str] = mapped_column(sa.Text)
    sealed_key: Mapped[str] = mapped_column(sa.Text, default="")
    ending: Mapped[str] = mapped_column(sa.String(4))
    recent: Mapped[list] = mapped_column(default=list)
    busy_until: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(sa.String(200))
    trouble_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (owned_reference("engagement_id", "engagement"),)


class BotLine(TenantOwned, Identified, db.Model):
    """One line that a bot has to say, or has said. Taken and never posted: nobody knows whether the group has it."""

    bot_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(sa.String(400))
    at: Mapped[datetime] = mapped_column(default=now)
    taken_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("bot_id", "bot"),
        sa.Index("ix_bot_line_tenant_bot", "tenant_id", "bot_id", "posted_at"),
    )


class CalendarFeed(Identified, db.Model):
    """An address that a calendar subscribes to: one person's days, or those of one service period. The id is signed."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    tenant_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("tenant.id"))
    engagement_id: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
