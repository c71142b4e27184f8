"""Messages of a person across merchants, choices, bots and calendar addresses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement, Firm, FirmMember, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES, Role, Side

from .models import Bot, BotLine, CalendarFeed, Digest, Notice, NoticeChoice
from .rules.kinds import Kind, Mode


def event_with(event_id: UUID) -> AuditEvent | None:
    return db.session.scalar(sa.select(AuditEvent).where(AuditEvent.id == event_id))


def people_in(tenant_id: UUID, *, roles: Collection[Role] | None = None, side: Side | None = None) -> set[UUID]:
    """Who is in the workspace now, of these roles or of this side. A merchant that no consultant carries is the owners'."""
    wanted = set(roles) if roles is not None else {role for role in Role if side is None or role.side is side}
    rows = db.session.execute(
        sa.select(TenantMember.user_id, TenantMember.role)
        .join(User, User.id == TenantMember.user_id)
        .where(TenantMember.tenant_id == tenant_id, TenantMember.left_at.is_(None), User.active)
    ).all()
    found = {row.user_id for row in rows if row.role in wanted}
    carried = any(row.role in FIRM_ROLES for row in rows)
    return found if carried or wanted.isdisjoint(FIRM_ROLES) else found | _owners_of(tenant_id)


def _owners_of(tenant_id: UUID) -> set[UUID]:
    chosen = (
        sa.select(FirmMember.user_id)
        .join(Tenant, Tenant.firm_id == FirmMember.firm_id)
        .where(Tenant.id == tenant_id, FirmMember.role == Role.FIRM_OWNER, FirmMember.left_at.is_(None))
    )
    return set(db.session.scalars(chosen))


def readers_among(tenant_id: UUID, people: Collection[UUID], *, team: bool) -> set[UUID]:
    """Those who may enter the workspace today, and with `team` belong to the firm."""
    if not people:
        return set()
    rows = db.session.execute(
        sa.select(User.id, TenantMember.role, FirmMember.role.label("firm_role"))
        .select_from(User)
        .join(Tenant, Tenant.id == tenant_id)
        .outerjoin(
            TenantMember,
            sa.and_(
                TenantMember.tenant_id == tenant_id, TenantMember.user_id == User.id, TenantMember.left_at.is_(None)
            ),
        )
        .outerjoin(
            FirmMember,
            sa.and_(FirmMember.firm_id == Tenant.firm_id, FirmMember.user_id == User.id, FirmMember.left_at.is_(None)),
        )
        .where(User.id.in_(people), User.active)
    )
    return {row.id for row in rows if _may_read(row.role, row.firm_role, team)}


def _may_read(role: Role | None, firm_role: Role | None, team: bool) -> bool:
    if firm_role is Role.FIRM_OWNER:
        return True
    if role in FIRM_ROLES:
        return firm_role is not None
    return role is not None and not team


def modes_of(people: Collection[UUID], kind: Kind) -> dict[UUID, Mode]:
    chosen = sa.select(NoticeChoice.user_id, NoticeChoice.mode)
    rows = db.session.execute(chosen.where(NoticeChoice.user_id.in_(people), NoticeChoice.kind == kind))
    return {row.user_id: row.mode for row in rows}


def choices_of(user_id: UUID) -> dict[Kind, NoticeChoice]:
    rows = db.session.scalars(sa.select(NoticeChoice).where(NoticeChoice.user_id == user_id))
    return {row.kind: row for row in rows}


def told_already(key: str, people: Collection[UUID]) -> set[UUID]:
    return set(db.session.scalars(sa.select(Notice.user_id).where(Notice.key == key, Notice.user_id.in_(people))))


def inbox(user_id: UUID, *, unread_only: bool, limit: int, offset: int) -> list[sa.Row]:
    """In a portfolio: rows of the person's messages, the latest first."""
    chosen = sa.select(Notice.id, Notice.tenant_id, Notice.kind, Notice.title, Notice.at, Notice.read_at).where(
        Notice.user_id == user_id
    )
    if unread_only:
        chosen = chosen.where(Notice.read_at.is_(None))
    return list(db.session.execute(chosen.order_by(Notice.at.desc(), Notice.id).limit(limit).offset(offset)))


def unread_of(user_id: UUID) -> int:
    """In a portfolio."""
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    )


def merchants_with_unread(user_id: UUID) -> list[UUID]:
    """In a portfolio."""
    chosen = sa.select(Notice.tenant_id).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    return list(db.session.scalars(chosen.distinct()))


def notice_with(notice_id: UUID, user_id: UUID) -> Notice | None:
    return db.session.scalar(sa.select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id))


def people_with_news(until: datetime) -> list[UUID]:
    """In the system scope: who has unread messages for a digest that no digest has told yet."""
    return list(
        db.session.scalars(
            sa.select(Notice.user_id)
            .outerjoin(Digest, Digest.user_id == Notice.user_id)
            .where(
                Notice.mode == Mode.DIGEST,
                Notice.read_at.is_(None),
                Notice.at <= until,
                sa.or_(Digest.told_until.is_(None), Notice.at > Digest.told_until),
            )
            .distinct()
        )
    )


def news_of(user_id: UUID, *, after: datetime | None, until: datetime, limit: int) -> list[sa.Row]:
    """In a portfolio: rows (tenant id, title), the oldest first."""
    chosen = sa.select(Notice.tenant_id, Notice.title).where(
        Notice.user_id == user_id, Notice.mode == Mode.DIGEST, Notice.read_at.is_(None), Notice.at <= until
    )
    if after is not None:
        chosen = chosen.where(Notice.at > after)
    return list(db.session.execute(chosen.order_by(Notice.at, Notice.id).limit(limit)))


def digest_of(user_id: UUID) -> Digest | None:
    return db.session.scalar(sa.select(Digest).where(Digest.user_id == user_id))


def user_to_mail(user_id: UUID) -> User | None:
    return db.session.scalar(sa.select(User).where(User.id == user_id, User.active, User.email.is_not(None)))


def merchant_of(tenant_id: UUID) -> sa.Row:
    """Row (slug, name, firm's name)."""
    return db.session.execute(
        sa.select(Tenant.slug, Tenant.name, Firm.name.label("firm"))
        .join(Firm, Firm.id == Tenant.firm_id)
        .where(Tenant.id == tenant_id)
    ).one()


def bots_of(engagement_id: UUID) -> list[Bot]:
    chosen = sa.select(Bot).where(Bot.engagement_id == engagement_id, Bot.removed_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Bot.name, Bot.id)))


def bot_with(bot_id: UUID) -> Bot | None:
    return db.session.scalar(sa.select(Bot).where(Bot.id == bot_id, Bot.removed_at.is_(None)))


def bot_locked(bot_id: UUID) -> sa.Select:
    """So that two jobs never take the same turn."""
    return sa.select(Bot).where(Bot.id == bot_id, Bot.removed_at.is_(None)).with_for_update()


OPEN = sa.and_(BotLine.posted_at.is_(None), BotLine.dropped_at.is_(None))
WAITING = sa.and_(OPEN, BotLine.taken_at.is_(None))


def lines_before(bot_id: UUID, moment: datetime) -> sa.Update:
    """Those that nobody said in time."""
    return sa.update(BotLine).where(BotLine.bot_id == bot_id, WAITING, BotLine.at < moment)


def waiting_lines(bot_id: UUID, limit: int) -> sa.Select:
    return sa.select(BotLine).where(BotLine.bot_id == bot_id, WAITING).order_by(BotLine.at, BotLine.id).limit(limit)


def unsure_lines(bot_ids: Collection[UUID], *, before: datetime) -> list[BotLine]:
    """Taken before that moment, and no answer was ever noted."""
    chosen = sa.select(BotLine).where(BotLine.bot_id.in_(bot_ids), OPEN, BotLine.taken_at < before)
    return list(db.session.scalars(chosen.order_by(BotLine.at, BotLine.id)))


def waiting_counts(bot_ids: Collection[UUID]) -> dict[UUID, int]:
    rows = db.session.execute(
        sa.select(BotLine.bot_id, sa.func.count()).where(BotLine.bot_id.in_(bot_ids), WAITING).group_by(BotLine.bot_id)
    )
    return dict(map(tuple, rows))


def feed_with(feed_id: UUID) -> CalendarFeed | None:
    return db.session.scalar(
        sa.select(CalendarFeed).where(CalendarFeed.id == feed_id, CalendarFeed.revoked_at.is_(None))
    )


def own_feed(user_id: UUID) -> CalendarFeed | None:
    chosen = sa.select(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.tenant_id.is_(None))
    return db.session.scalar(chosen.where(CalendarFeed.revoked_at.is_(None)))


def feed_of(engagement_id: UUID, user_id: UUID) -> CalendarFeed | None:
    chosen = sa.select(CalendarFeed).where(CalendarFeed.engagement_id == engagement_id, CalendarFeed.user_id == user_id)
    return db.session.scalar(chosen.where(CalendarFeed.revoked_at.is_(None)))


def service_periods() -> list[sa.Row]:
    """Rows (id, number, title, starts, ends, kick-off, its place) of those that are not archived."""
    return list(
        db.session.execute(
            sa.select(
                Engagement.id,
                Engagement.number,
                Engagement.title,
                Engagement.starts_on,
                Engagement.ends_on,
                Engagement.kickoff_at,
                Engagement.kickoff_place,
            ).where(Engagement.archived_at.is_(None))
        )
    )
