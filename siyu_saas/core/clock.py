"""The one place that asks the machine for the time; everything else takes it as an argument or from here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or present()


def today() -> date:
    """The calendar day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def present() -> datetime:
    """What the machine says, also while a story of the past is told."""
    return datetime.now(UTC)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """What happens inside is dated `moment`, never ahead of the present: for the demo, which plays what was before."""
    token = _told.set(min(moment.astimezone(UTC), present()))
    try:
        yield
    finally:
        _told.reset(token)
