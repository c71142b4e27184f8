"""Quiet hours and the hour of the digest, in Shanghai."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from siyu_saas.core.clock import SHANGHAI

QUIET_FROM, QUIET_UNTIL = time(21), time(9)


def is_quiet(at: datetime) -> bool:
    local = at.astimezone(SHANGHAI).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def not_before(at: datetime) -> datetime:
    """The first moment from `at` on that is not in the quiet hours."""
    if not is_quiet(at):
        return at
    local = at.astimezone(SHANGHAI)
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, SHANGHAI)
