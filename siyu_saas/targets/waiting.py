"""What targets wait for, told to the registry of open things."""

from __future__ import annotations

from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Stage
from siyu_saas.tenants.rules.waiting import Open, waits_for

from .kind import tabled_in


@waits_for
def offers_to_answer(standing: Standing) -> list[Open]:
    """Each target that one side has put on the table and the other one has not answered. Before the first is signed, the
    gate of the co-creation says it."""
    stage = standing.engagement.stage
    if stage is Stage.DIAGNOSE:
        return []
    tabled = tabled_in(standing)
    told = stage is Stage.CO_CREATE and not any(row.state.is_signed for row in tabled)
    return [] if told else [_offer(row) for row in tabled if row.waits_for is not None]


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
