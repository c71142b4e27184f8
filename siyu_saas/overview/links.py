"""老板一页 is shared by links, each made and ended for everybody in the workspace to see."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.papers.links import revoke, share
from siyu_saas.papers.models import PublicLink
from siyu_saas.tenants.models import Engagement

PURPOSE = "one_page"


def share_page(engagement: Engagement, *, days: int, by: Actor) -> PublicLink:
    link = share(PURPOSE, engagement_id=engagement.id, subject_id=engagement.id, days=days, by=by)
    audit.record("page.shared", engagement, by=by, label=f"{days} 天内")
    return link


def unshare_page(link: PublicLink, engagement: Engagement, *, by: Actor) -> None:
    """The second time nothing happens."""
    if link.revoked_at is None:
        revoke(link)
        audit.record("page.unshared", engagement, by=by, label=engagement.title)
