"""What targets wait for, told to the registry of open things."""

from __future__ import annotations

from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Stage
from siyu_saas.tenants.rules.waiting import Open, waits_for

from .queries import offers_unanswered


@waits_for
def offers_to_answer(engagement: Engagement) -> list[Open]:
    """Each target that one side has put on the table and the other one has not answered; while targets are found, the
    stage's own gate says it."""
    return [_offer(row) for row in offers_unanswered(engagement.id)] if engagement.stage is Stage.GUIDE else []


def _offer(row) -> Open:
    return Open(
        key=f"target-{row.id}",
        side=row.waits_for,
        title=_("商定并签署目标「%(title)s」", title=row.title),
        note="",
        icon="target-arrow",
        endpoint="targets.show",
        permission="target.sign",
        since=row.since.astimezone(SHANGHAI).date(),
        action=_("查看目标"),
        values={"target_id": row.id},
    )
