"""Each new day every merchant's urgency is worked out anew, before the first consultant looks."""

from __future__ import annotations

from datetime import timedelta

from siyu_saas.core.clock import today
from siyu_saas.core.database import db
from siyu_saas.core.queue import every, job, later

from .actions.urgency import freshen_some


@every(timedelta(days=1))
@job("overview.freshen", title="更新商家列表的排序")
def freshen_all() -> dict:
    """A hundred merchants; another job for the rest."""
    more = freshen_some(db.session(), today=today())
    if more:
        later(freshen_all)
    return {"more": more}
