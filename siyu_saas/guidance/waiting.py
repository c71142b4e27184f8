"""What the checklists wait for, told to the registry of open things."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.waiting import Open, waits_for

from .queries.items import pressing_items
from .rules.states import ItemState

SOON = timedelta(days=7)
REVIEWED_WITHIN = timedelta(days=2)
SHOWN = 40
STAGES = (Stage.GUIDE, Stage.CLOSE)


@waits_for
def open_in_checklists(standing: Standing) -> list[Open]:
    """Items that were handed in or returned, and those due within a week; before the guidance begins nobody waits."""
    engagement = standing.engagement
    if engagement.stage not in STAGES:
        return []
    return [_item(row) for row in pressing_items(engagement.id, until=today() + SOON, limit=SHOWN)]


def _item(row) -> Open:
    reviews = row.state is ItemState.SUBMITTED
    sent_on = row.submitted_at.astimezone(SHANGHAI).date() if row.submitted_at else None
    returned = row.state is ItemState.RETURNED
    return Open(
        key=f"item-{row.id}",
        side=Side.FIRM if reviews else row.side,
        title=_("验收「%(title)s」", title=row.title)
        if reviews
        else _("补齐「%(title)s」", title=row.title)
        if returned
        else row.title,
        note=_("%(who)s 已提交", who=row.submitted_by_name) if reviews else row.reason if returned else "",
        icon="eye-check" if reviews else "message-reply" if returned else "checklist",
        endpoint="guidance.item",
        permission="item.review" if reviews else "item.work",
        since=sent_on or row.due_on or today(),
        due_on=sent_on + REVIEWED_WITHIN if reviews and sent_on else row.due_on,
        action=_("验收") if reviews else _("去补齐") if returned else "",
        values={"item_id": row.id},
    )
