"""Links to 老板一页: few at a time, each made and ended for everybody in the workspace to see."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.errors import NotReady
from siyu_saas.papers.links import links_to, make_link, revoke
from siyu_saas.papers.models import PublicLink
from siyu_saas.tenants.models import Engagement

PURPOSE = "one_page"
MOST_OPEN = 10


def share_page(engagement: Engagement, *, days: int, by: Actor) -> PublicLink:
    """Raises NotReady when many links are open already: nobody would know any more who has one."""
    at = now()
    if sum(link.is_open(at) for link in links_to(PURPOSE, engagement.id)) >= MOST_OPEN:
        raise NotReady(f"已有 {MOST_OPEN} 个链接还能打开，请先收回不用的。")
    link = make_link(PURPOSE, engagement_id=engagement.id, subject_id=engagement.id, days=days, by_name=by.name)
    audit.record("page.shared", engagement, by=by, label=f"{days} 天内")
    return link


def unshare_page(link: PublicLink, engagement: Engagement, *, by: Actor) -> None:
    """The second time nothing happens."""
    if link.revoked_at is None:
        revoke(link)
        audit.record("page.unshared", engagement, by=by, label=engagement.title)
