"""Days and moments as people say them, on Shanghai's calendar."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from siyu_saas.web.filters.numbers import MISSING

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NEAR_DAYS = {-1: "明天", 0: "今天", 1: "昨天"}


def day(value: date | datetime | None, *, today: date) -> str:
    """「11 月 22 日 周日」, with the year when it is not that of `today`."""
    if value is None:
        return MISSING
    value = _calendar_day(value)
    return f"{_day(value, today)} {WEEKDAYS[value.weekday()]}"


def moment(value: datetime | None, *, now: datetime) -> str:
    """「刚刚」, 「12 分钟前」, 「今天 10:32」, 「昨天 20:14」, 「周三 09:10」, then the date.

    A weekday is said of the six days before today only: of the seventh it could mean today.
    """
    if value is None:
        return MISSING
    local, today = _local(value), _local(now).date()
    age = now - value
    if timedelta(minutes=-1) < age < timedelta(minutes=1):
        return "刚刚"
    if timedelta(0) < age < timedelta(hours=1):
        return f"{age // timedelta(minutes=1)} 分钟前"
    days_ago = (today - local.date()).days
    if days_ago in NEAR_DAYS:
        return f"{NEAR_DAYS[days_ago]} {local:%H:%M}"
    if 2 <= days_ago <= 6:
        return f"{WEEKDAYS[local.weekday()]} {local:%H:%M}"
    return _day(local.date(), today)


def iso_day(value: date | datetime | None) -> str:
    """「2026-11-22」, for tables."""
    return MISSING if value is None else _calendar_day(value).isoformat()


def day_range(start: date | datetime | None, end: date | datetime | None, *, today: date) -> str:
    """「11 月 15–21 日」, 「11 月 28 日–12 月 3 日」; both days belong to the range."""
    if start is None or end is None:
        return MISSING
    start, end = _calendar_day(start), _calendar_day(end)
    if start == end:
        return _day(start, today)
    if (start.year, start.month) == (end.year, end.month):
        return f"{_year(start, today)}{start.month} 月 {start.day}–{end.day} 日"
    if start.year == end.year:
        return f"{_day(start, today)}–{end.month} 月 {end.day} 日"
    return f"{start.year} 年 {start.month} 月 {start.day} 日–{end.year} 年 {end.month} 月 {end.day} 日"


def duration_days(length: int | Decimal | timedelta | None) -> str:
    """「3 天」, 「0.5 天」; of a timedelta the whole days, and 「不到 1 天」 below one."""
    if length is None:
        return MISSING
    if isinstance(length, timedelta):
        if timedelta(0) < length < timedelta(days=1):
            return "不到 1 天"
        length = length.days
    return f"{length:,f} 天" if isinstance(length, Decimal) else f"{length:,} 天"


def _day(value: date, today: date) -> str:
    return f"{_year(value, today)}{value.month} 月 {value.day} 日"


def _year(value: date, today: date) -> str:
    return "" if value.year == today.year else f"{value.year} 年 "


def _calendar_day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be placed on a calendar")
    return value.astimezone(SHANGHAI)
