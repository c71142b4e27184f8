"""Addresses for people outside: made, found again by their signature, counted, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady, Refusal
from siyu_saas.core.ids import new_id
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import current_scope
from siyu_saas.core.tokens import sign, signed_id

from .models import PublicLink

SIGNED_FOR = "public link"
MOST_OPEN = 10


class LinkOver(Refusal):
    """The link was revoked or has expired."""

    status = 410

    def __init__(self) -> None:
        super().__init__("这个链接已过期或被收回。需要的话，请向发给你链接的人要一个新的。")


def make_link(
    purpose: str,
    *,
    engagement_id: UUID,
    subject_id: UUID,
    days: int,
    by_name: str,
    options: dict[str, Any] | None = None,
    link_id: UUID | None = None,
) -> PublicLink:
    row = PublicLink(
        id=link_id or new_id(),
        tenant_id=current_scope().write,
        engagement_id=engagement_id,
        purpose=purpose,
        subject_id=subject_id,
        options=options or {},
        made_by_name=by_name,
        made_at=now(),
        expires_at=now() + timedelta(days=days),
        opened=0,
    )
    db.session.add(row)
    db.session.flush()
    return row


def share(
    purpose: str, *, engagement_id: UUID, subject_id: UUID, days: int, by: Actor, options: dict[str, Any] | None = None
) -> PublicLink:
    """Raises NotReady when many links are open already: nobody would know any more who has one."""
    at = now()
    if sum(link.is_open(at) for link in links_to(purpose, subject_id)) >= MOST_OPEN:
        raise NotReady(f"已有 {MOST_OPEN} 个链接还能打开，请先收回不用的。")
    return make_link(
        purpose, engagement_id=engagement_id, subject_id=subject_id, days=days, by_name=by.name, options=options
    )


def state_of(link: PublicLink, at: datetime) -> str:
    """`open`, or why it is not."""
    if link.revoked_at is not None:
        return "revoked"
    return "open" if link.is_open(at) else "expired"


def token_of(link_id: UUID) -> str:
    return sign(services().settings.secret_key, SIGNED_FOR, link_id)


def link_with(purpose: str, token: str) -> PublicLink | None:
    """None for a forged token. Raises LinkOver."""
    link_id = signed_id(services().settings.secret_key, SIGNED_FOR, token)
    row = link_id and db.session.scalar(
        sa.select(PublicLink).where(PublicLink.id == link_id, PublicLink.purpose == purpose)
    )
    if not row:
        return None
    if not row.is_open(now()):
        raise LinkOver
    return row


def links_to(purpose: str, subject_id: UUID) -> list[PublicLink]:
    """Of the merchant in scope; those that open come first, then the newest."""
    over = sa.or_(PublicLink.revoked_at.is_not(None), PublicLink.expires_at <= now())
    return list(
        db.session.scalars(
            sa.select(PublicLink)
            .where(
                PublicLink.tenant_id == current_scope().write,
                PublicLink.purpose == purpose,
                PublicLink.subject_id == subject_id,
            )
            .order_by(sa.case((over, 1), else_=0), PublicLink.made_at.desc())
            .limit(20)
        )
    )


def own_link(link_id: UUID) -> PublicLink | None:
    return db.session.scalar(
        sa.select(PublicLink).where(PublicLink.id == link_id, PublicLink.tenant_id == current_scope().write)
    )


def count_opening(session, link_id: UUID, at: datetime) -> None:
    session.execute(
        sa.update(PublicLink).where(PublicLink.id == link_id).values(opened=PublicLink.opened + 1, last_opened_at=at)
    )


def revoke(link: PublicLink) -> None:
    link.revoked_at = link.revoked_at or now()
    db.session.flush()
