"""A change inside an agreed window says why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from siyu_saas.core.errors import NotReady
from siyu_saas.metrics.rules.locks import Lock, locked_days


class ReasonMissing(NotReady):
    """Days of a locked window would change and nobody said why."""

    status = 422

    def __init__(self, lock: Lock):
        super().__init__(
            f"{lock.title}（{lock.first:%Y-%m-%d} 至 {lock.last:%Y-%m-%d}）已经锁定，改这几天的数要写明原因。"
            "填好原因再提交，已填的数都还在。"
        )


def ask_for_reason(engagement_id: UUID, days: Collection[date], reason: str) -> None:
    """Raises ReasonMissing when one of the days is locked and the reason is empty."""
    if reason.strip() or not days:
        return
    locks = locked_days(engagement_id)
    for day in days:
        for lock in locks:
            if lock.holds(day):
                raise ReasonMissing(lock)
