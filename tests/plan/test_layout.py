"""Packages laid out from day 0: 国庆, 调休 and 春节; what prepares a campaign; what waits for what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from siyu_saas.plan.rules.layout import Piece, Span, lay_out
from siyu_saas.plan.rules.network import Circle
from siyu_saas.plan.rules.workdays import is_announced, is_workday, last_workday, next_workday, workdays_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-09-30", True),  # Wednesday
        ("2026-10-01", False),  # 国庆
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # Saturday, 调休
        ("2026-10-11", False),
        ("2026-02-14", True),  # Saturday, 调休 before 春节
        ("2026-02-23", False),
        ("2027-02-05", False),  # 除夕, statutory before the year is announced
        ("2027-02-09", True),
        ("2027-10-01", False),
        ("2028-01-26", False),  # 初一
    ],
)
def test_which_days_people_work_on(day, works):
    assert is_workday(date.fromisoformat(day)) is works


def test_a_year_without_an_announcement_is_provisional():
    assert is_announced(date(2026, 12, 31))
    assert not is_announced(date(2027, 1, 1))


def test_the_nearest_working_days_around_a_holiday():
    assert next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert last_workday(date(2026, 10, 7)) == date(2026, 9, 30)
    assert workdays_between(date(2026, 9, 28), date(2026, 10, 11)) == 6


def test_what_stands_behind_begins_the_day_after_at_the_earliest():
    pieces = [Piece("a", 0, 3), Piece("b", 1, 2, ("a",))]

    spans = lay_out(pieces, day_zero=date(2026, 4, 13)).spans

    assert spans == {"a": Span(date(2026, 4, 13), date(2026, 4, 15)), "b": Span(date(2026, 4, 16), date(2026, 4, 17))}


def test_a_task_whose_beginning_is_a_holiday_keeps_its_length_when_nobody_waits():
    spans = lay_out([Piece("a", 0, 7)], day_zero=date(2026, 5, 1)).spans

    assert spans["a"] == Span(date(2026, 5, 6), date(2026, 5, 12))


def test_a_campaign_in_the_golden_week_keeps_its_date_and_is_prepared_before():
    pieces = [Piece("plan", 0, 3), Piece("prepare", 12, 3, ("plan",)), Piece("day", 15, 3, ("prepare",), campaign=True)]

    layout = lay_out(pieces, day_zero=date(2026, 9, 20))

    assert layout.spans["day"] == Span(date(2026, 10, 5), date(2026, 10, 7))
    assert layout.spans["prepare"].ends_on == date(2026, 9, 30)
    assert layout.forward == ("prepare",)
    assert layout.moved == ()


def test_a_campaign_that_nothing_can_prepare_in_time_waits_and_is_named():
    pieces = [Piece("prepare", 0, 2), Piece("day", 1, 1, ("prepare",), campaign=True)]

    layout = lay_out(pieces, day_zero=date(2026, 4, 1))

    assert layout.moved == ("day",)
    assert layout.spans["day"].starts_on == date(2026, 4, 3)


def test_work_squeezed_by_a_long_holiday_is_named():
    assert lay_out([Piece("a", 0, 8), Piece("b", 8, 1, ("a",))], day_zero=date(2026, 9, 30)).tight == ("a",)
    assert lay_out([Piece("a", 0, 3), Piece("b", 3, 1, ("a",))], day_zero=date(2026, 4, 10)).tight == ()


def test_a_circle_is_named_in_its_order():
    pieces = [Piece("a", 0, 1, ("c",)), Piece("b", 0, 1, ("a",)), Piece("c", 0, 1, ("b",)), Piece("free", 0, 1)]

    with pytest.raises(Circle) as circle:
        lay_out(pieces, day_zero=date(2026, 4, 1))

    assert set(circle.value.keys) == {"a", "b", "c"}


def test_moving_day_zero_over_the_golden_week_moves_every_task():
    pieces = [Piece("a", 0, 2), Piece("b", 2, 3, ("a",)), Piece("c", 5, 4, ("b",))]
    before = lay_out(pieces, day_zero=date(2026, 9, 24)).spans
    after = lay_out(pieces, day_zero=date(2026, 9, 24) + timedelta(days=9)).spans

    for key, span in after.items():
        assert span.starts_on > before[key].starts_on
        assert is_workday(span.starts_on)
        assert is_workday(span.ends_on)
    assert after["a"].starts_on == date(2026, 10, 8)
    assert after["c"].starts_on == date(2026, 10, 10)  # Saturday, 调休
