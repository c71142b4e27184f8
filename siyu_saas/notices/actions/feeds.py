"""Calendar addresses: made on demand, revoked by making a new one."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.notices.models import CalendarFeed


def make_feed(user_id: UUID, *, tenant_id: UUID | None = None, engagement_id: UUID | None = None) -> CalendarFeed:
    feed = CalendarFeed(id=new_id(), user_id=user_id, tenant_id=tenant_id, engagement_id=engagement_id)
    db.session.add(feed)
    db.session.flush()
    return feed


def revoke_feed(feed: CalendarFeed) -> None:
    feed.revoked_at = now()
    db.session.flush()
