"""Days and moments on Shanghai's calendar: exact strings, on both sides of midnight."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jinja2
import pytest

from siyu_saas.web import filters

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # Sunday noon in Shanghai


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 22), "11 月 22 日 周日"),
        (date(2027, 1, 18), "2027 年 1 月 18 日 周一"),
        (datetime(2026, 11, 21, 15, 59, tzinfo=UTC), "11 月 21 日 周六"),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), "11 月 22 日 周日"),
        (None, "—"),
    ],
)
def test_a_day_turns_at_midnight_in_shanghai(value, text):
    assert filters.day(value, today=TODAY) == text


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=-30), "刚刚"),
        (timedelta(minutes=1), "1 分钟前"),
        (timedelta(minutes=12, seconds=50), "12 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 分钟前"),
        (timedelta(hours=1), "今天 11:00"),
        (timedelta(hours=12), "今天 00:00"),
        (timedelta(hours=12, minutes=1), "昨天 23:59"),
        (timedelta(hours=36), "昨天 00:00"),
        (timedelta(hours=36, minutes=1), "周五 23:59"),
        (timedelta(days=6), "周一 12:00"),
        (timedelta(days=7), "11 月 15 日"),
        (timedelta(days=400), "2025 年 10 月 18 日"),
        (timedelta(hours=-6), "今天 18:00"),
        (timedelta(hours=-12), "明天 00:00"),
        (timedelta(days=-3), "11 月 25 日"),
    ],
)
def test_moments_are_told_by_the_calendar_of_shanghai(ago, text):
    assert filters.moment(NOW - ago, now=NOW) == text


def test_minutes_are_counted_across_midnight():
    midnight = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)

    assert filters.moment(midnight - timedelta(minutes=2), now=midnight + timedelta(minutes=5)) == "7 分钟前"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        filters.iso_day(datetime(2026, 11, 22))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 15), date(2026, 11, 21), "11 月 15–21 日"),
        (date(2026, 11, 28), date(2026, 12, 3), "11 月 28 日–12 月 3 日"),
        (date(2026, 11, 15), date(2026, 11, 15), "11 月 15 日"),
        (date(2026, 12, 28), date(2027, 1, 3), "2026 年 12 月 28 日–2027 年 1 月 3 日"),
        (date(2025, 11, 15), date(2025, 11, 21), "2025 年 11 月 15–21 日"),
        (date(2025, 11, 28), date(2025, 12, 3), "2025 年 11 月 28 日–12 月 3 日"),
        (None, date(2025, 12, 3), "—"),
    ],
)
def test_ranges_say_month_and_year_once(start, end, text):
    assert filters.day_range(start, end, today=TODAY) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (3, "3 天"),
        (0, "0 天"),
        (Decimal("0.5"), "0.5 天"),
        (timedelta(hours=5), "不到 1 天"),
        (timedelta(days=2, hours=5), "2 天"),
        (None, "—"),
    ],
)
def test_durations(length, text):
    assert filters.duration_days(length) == text


def test_templates_take_the_present_from_the_clock(monkeypatch):
    class App:
        jinja_env = jinja2.Environment(autoescape=True)

    monkeypatch.setattr("siyu_saas.core.clock.now", lambda: NOW)

    filters.init_filters(App)

    page = App.jinja_env.from_string(
        "{{ at|moment }} {{ on|day }} {{ 12860|wan('人') }} {{ 1|percent(4) }} {{ on|day_range(on) }} {{ 2048|bytes }}"
    )
    shown = page.render(at=NOW - timedelta(minutes=3), on=date(2026, 11, 20))
    assert shown == "3 分钟前 11 月 20 日 周五 12,860 人 25.0% 11 月 20 日 2.0 KB"
