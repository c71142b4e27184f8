"""The one place that asks the machine for the time; everything else takes it as an argument or from here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Shanghai."""
    return now().astimezone(SHANGHAI).date()
