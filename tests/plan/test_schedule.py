"""Forecasts from what happened, slack, and what a move pushes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.plan.rules.layout import Span
from siyu_saas.plan.rules.schedule import Work, forecast, pushed, settled
from siyu_saas.plan.rules.workdays import is_workday

MONDAY = date(2026, 4, 13)


def day(passed: int) -> date:
    return MONDAY + timedelta(days=passed)


A = Work("a", day(0), day(1))
B = Work("b", day(2), day(4))
C = Work("c", day(2), day(2))
D = Work("d", day(7), day(8))
LINKS = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]


def test_on_plan_the_forecast_is_the_plan():
    seen = forecast([A, B, C, D], LINKS, today=day(0))

    assert seen.spans["d"] == Span(day(7), day(8))
    assert seen.ends_on == day(8)
    assert seen.slack == {"a": 0, "b": 0, "c": 2, "d": 0}
    assert seen.is_critical("b")
    assert not seen.is_critical("c")


def test_a_late_finish_pushes_what_waits_for_it_over_the_weekend():
    late = replace(A, started_on=day(0), done_on=day(4))

    seen = forecast([late, B, C, D], LINKS, today=day(7))

    assert seen.spans["b"] == Span(day(7), day(9))
    assert seen.spans["d"] == Span(day(10), day(11))


def test_work_that_should_have_begun_begins_today_at_the_earliest():
    assert forecast([A], [], today=day(5)).spans["a"] == Span(day(7), day(8))


def test_work_under_way_takes_at_least_until_today():
    begun = replace(A, started_on=day(0))

    assert forecast([begun], [], today=day(3)).spans["a"].ends_on == day(3)


def test_a_campaign_is_pushed_by_what_it_waits_for_but_not_by_a_rest_day():
    campaign = Work("e", day(5), day(6), campaign=True)

    assert forecast([campaign], [], today=day(0)).spans["e"] == Span(day(5), day(6))
    assert forecast([B, campaign], [("b", "e")], today=day(4)).spans["e"] == Span(day(9), day(10))


def test_a_move_pushes_only_what_stands_behind_and_pulls_nothing():
    later = pushed([A, B, C, D], LINKS, {"c": Span(day(7), day(7))})
    earlier = pushed([A, B, C, D], LINKS, {"a": Span(day(0), day(0))})

    assert later == {"c": Span(day(7), day(7)), "d": Span(day(8), day(9))}
    assert earlier == {"a": Span(day(0), day(0))}


def test_finished_work_is_never_pushed():
    done = replace(B, started_on=day(1), done_on=day(3))

    assert "b" not in pushed([A, done], LINKS[:1], {"a": Span(day(0), day(9))})


@pytest.mark.parametrize(
    ("first", "last", "lies"),
    [
        (3, 5, (3, 7)),  # three working days, put on Thursday
        (5, 7, (7, 9)),  # on a Saturday
        (2, 5, (2, 7)),  # drawn out into the weekend
        (0, 2, (0, 2)),
    ],
)
def test_a_bar_that_is_dropped_settles_on_working_days(first, last, lies):
    assert settled(Span(day(first), day(last)), B) == Span(day(lies[0]), day(lies[1]))


def test_a_campaign_stays_where_it_was_put():
    assert settled(Span(day(5), day(6)), replace(B, campaign=True)) == Span(day(5), day(6))


@st.composite
def plans(draw):
    count = draw(st.integers(1, 25))
    works, links = [], []
    for number in range(count):
        first = day(draw(st.integers(0, 60)))
        length = draw(st.integers(1, 12))
        works.append(Work(number, first, first + timedelta(days=length - 1)))
        links += [(before, number) for before in draw(st.sets(st.integers(0, number), max_size=3)) if before < number]
    return works, links


@given(plans(), st.integers(0, 90))
def test_a_forecast_breaks_no_dependency_and_starts_nothing_in_the_past(plan, passed):
    works, links = plan

    seen = forecast(works, links, today=day(passed))

    for before, after in links:
        assert seen.spans[before].ends_on < seen.spans[after].starts_on
    for work in works:
        span = seen.spans[work.key]
        assert span.starts_on >= max(work.starts_on, day(passed))
        assert span.ends_on >= span.starts_on
        assert span.starts_on == work.starts_on or is_workday(span.starts_on)
        assert seen.slack[work.key] >= 0
    assert min(seen.slack.values()) == 0


@given(plans(), st.data())
def test_a_push_breaks_no_dependency_and_moves_nothing_earlier(plan, data):
    works, links = plan
    spans = {work.key: Span(work.starts_on, work.ends_on) for work in works} | pushed(works, links, {})
    settled = [replace(work, starts_on=spans[work.key].starts_on, ends_on=spans[work.key].ends_on) for work in works]
    chosen = data.draw(st.sampled_from(settled))
    first = chosen.starts_on + timedelta(days=data.draw(st.integers(0, 40)))

    moved = pushed(settled, links, {chosen.key: Span(first, first + (chosen.ends_on - chosen.starts_on))})

    after = spans | moved
    for before, behind in links:
        assert after[before].ends_on < after[behind].starts_on or behind == chosen.key
    assert all(span.starts_on >= spans[key].starts_on for key, span in moved.items())
