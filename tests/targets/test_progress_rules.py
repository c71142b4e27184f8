"""Worked cases of domain D4 and H4: how far a target came, by which days, against what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from siyu_saas.metrics.rules.measures import MEASURES, Better
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.achievement import degree, measured, pace, result, shown
from siyu_saas.targets.rules.bands import Benchmark, Strength
from siyu_saas.targets.rules.course import basis, standing
from siyu_saas.targets.rules.states import Mode, State, only_words_now, shown_state
from siyu_saas.targets.rules.totals import baseline_over, days_added, modes_of, of_other_length
from tests.metrics.demo import daily

UP, DOWN = Better.UP, Better.DOWN
PARCEL_BAND = Benchmark(1000, 2000, "代运营口径", "2022", strength=Strength.SEED)
FIRST_BAND = Benchmark(500, 1500, "代运营口径", "2022", strength=Strength.SEED)
WHOLE = Window(date(2026, 4, 18), date(2026, 5, 31))
MAY = Window(date(2026, 5, 1), date(2026, 5, 31))
APRIL = Window(date(2026, 3, 18), date(2026, 4, 14))
TRAILING_TOLD = (
    "2,411 ÷ 19,600 = 12.30%，2026-05-18 至 2026-05-31，有效 14/14 天；"
    "整个窗口 6,346 ÷ 61,600 = 10.30%，2026-04-18 至 2026-05-31，有效 44/44 天，达成度 78.8%"
)


@pytest.mark.parametrize(
    ("better", "baseline", "value", "actual", "expected", "state"),
    [
        (UP, 400, 1200, Fraction(2411 * 10_000, 19_600), "103.8", State.ACHIEVED),
        (UP, 400, 1200, Fraction(6346 * 10_000, 61_600), "78.8", State.PARTIAL),
        (UP, None, 1000, Fraction(597 * 10_000, 6346), "94.1", State.NEAR),
        (UP, None, 2000, 1986, "99.3", State.NEAR),
        (UP, None, 1_000_000, 1_398_080, "139.8", State.ACHIEVED),
        (DOWN, 200, 150, 160, "80.0", State.PARTIAL),
    ],
)
def test_p5_how_far_a_target_came(better, baseline, value, actual, expected, state):
    found = degree(better, baseline, value, actual)
    assert shown(found) == Decimal(expected)
    assert result(found, valid=28, due=28) is state
    assert result(found, valid=22, due=28) is State.NOT_EVALUABLE


def test_a_degree_is_held_within_sight_and_nothing_divides_by_zero():
    assert shown(degree(UP, 100, 110, 900)) == 200
    assert shown(degree(UP, 100, 110, 0)) == -100
    assert degree(UP, 100, 100, 110) == Fraction(11, 10)
    assert degree(DOWN, None, 5, 10) == Fraction(1, 2)
    assert degree(DOWN, None, 5, 0) == 1


@pytest.mark.parametrize(
    ("key", "window", "mode", "figure"),
    [
        ("parcel_to_wecom_rate", WHOLE, Mode.TRAILING, Fraction(2411, 19_600)),
        ("parcel_to_wecom_rate", WHOLE, Mode.WINDOW_TOTAL, Fraction(6346, 61_600)),
        ("first_order_rate", WHOLE, Mode.COHORT, Fraction(597, 6346)),
        ("group_members", MAY, Mode.END_VALUE, 1986),
        ("group_gmv", MAY, Mode.WINDOW_TOTAL, 1_398_080),
    ],
)
def test_h4_the_signed_targets_are_measured_as_agreed(key, window, mode, figure):
    found = measured(MEASURES[key], daily(), window, mode, last_days=14, until=date(2026, 6, 14))
    assert found.figure == figure


def test_before_it_begins_nothing_is_measured():
    found = measured(MEASURES["group_gmv"], daily(), MAY, Mode.WINDOW_TOTAL, last_days=14, until=date(2026, 4, 30))
    assert found.figure is None
    assert pace(None, MAY, valid=0, due=0, until=date(2026, 4, 30), ramp=False).word == "未开始"


@pytest.mark.parametrize(
    ("found", "until", "ramp", "light"),
    [
        (Fraction(1, 2), date(2026, 5, 15), False, "ok"),
        (Fraction(2, 5), date(2026, 5, 15), False, "warn"),
        (Fraction(1, 4), date(2026, 5, 15), False, "bad"),
        (Fraction(0), date(2026, 5, 8), False, "bad"),
        (Fraction(0), date(2026, 5, 8), True, "warn"),
        (Fraction(0), date(2026, 5, 15), True, "bad"),
        (None, date(2026, 5, 15), True, "none"),
    ],
)
def test_the_pace_and_the_ramp(found, until, ramp, light):
    seen = pace(found, MAY, valid=8, due=8, until=until, ramp=ramp)
    assert seen.light == light
    assert found is None or "有效 8/8 天" in seen.sentence


def test_a_target_becomes_active_by_the_calendar():
    assert shown_state(State.AGREED, MAY, baseline_locked=True, today=date(2026, 4, 30)) is State.AGREED
    assert shown_state(State.AGREED, MAY, baseline_locked=True, today=date(2026, 5, 1)) is State.ACTIVE
    assert shown_state(State.AGREED, MAY, baseline_locked=False, today=date(2026, 5, 1)) is State.AGREED
    assert not only_words_now(MAY, date(2026, 5, 20))
    assert only_words_now(MAY, date(2026, 5, 22))


@pytest.mark.parametrize(
    ("key", "mode", "days", "expected"),
    [
        ("group_gmv", Mode.WINDOW_TOTAL, 31, 830_357),
        ("group_gmv", Mode.TRAILING, 14, 375_000),
        ("group_members", Mode.END_VALUE, None, 1250),
        ("group_active_rate", Mode.WINDOW_TOTAL, None, 2000),
        ("aov_buyer", Mode.WINDOW_TOTAL, None, 15_000),
        ("first_order_rate", Mode.COHORT, None, 536),
    ],
)
def test_a_baseline_is_what_the_target_will_be_measured_by(key, mode, days, expected):
    """28 days of 7,500 yuan are 8,303.57 in 31; a stock is its last value, a rate stays a rate."""
    measure = MEASURES[key]

    assert days_added(measure, mode, window_days=MAY.days, last_days=14) == days
    assert baseline_over(reading(measure, daily(), APRIL), days) == expected
    assert mode in modes_of(measure)


def test_a_stock_has_no_total():
    assert modes_of(MEASURES["group_members"]) == (Mode.END_VALUE,)


@pytest.mark.parametrize(
    ("metric", "mode", "window", "value", "basis_told"),
    [
        (
            "group_members",
            Mode.END_VALUE,
            MAY,
            2000,
            "1,986 人（2026-05-31 的值），2026-05-01 至 2026-05-31，有效 31/31 天",
        ),
        ("group_gmv", Mode.WINDOW_TOTAL, MAY, 1_000_000, "13,980.80 元，2026-05-01 至 2026-05-31，有效 31/31 天"),
        (
            "parcel_to_wecom_rate",
            Mode.TRAILING,
            Window(date(2026, 4, 18), date(2026, 5, 31)),
            1200,
            TRAILING_TOLD,
        ),
    ],
)
def test_a_result_says_what_it_was_made_of(metric, mode, window, value, basis_told):
    """Source: domain H4; the whole window stands beside the last days that were agreed."""
    target = SimpleNamespace(
        metric=metric, mode=mode, window=window, first=window.first, last=window.last, value=value,
        baseline_value=400 if mode is Mode.TRAILING else None, trailing_days=14, ramp=False,
        unit=MEASURES[metric].unit, better=MEASURES[metric].better,
    )  # fmt: skip

    assert basis(standing(target, daily(), until=date(2026, 6, 14))) == basis_told


def test_a_running_total_is_held_against_as_many_days_of_the_baseline():
    half = Fraction(1, 2)

    assert degree(UP, 800_000, 1_000_000, 500_000, counted=half) == half
    assert degree(UP, 800_000, 1_000_000, 400_000, counted=half) == 0
    assert degree(UP, 800_000, 1_000_000, 1_000_000) == 1
    assert of_other_length(700_000, days=28, now=14) == 350_000
    assert of_other_length(1250, days=None, now=None) == 1250


@pytest.mark.parametrize(
    ("window", "buyers", "gmv_fen", "silent_fen", "degrees"),
    [
        (Window(date(2026, 5, 8), date(2026, 5, 10)), 8, 224_073, 47_398, ("80.0", "112.0")),
        (Window(date(2026, 5, 23), date(2026, 5, 25)), 10, 209_170, 33_501, ("100.0", "104.6")),
    ],
)
def test_h4_what_the_two_campaigns_came_to(window, buyers, gmv_fen, silent_fen, degrees):
    found = [
        measured(MEASURES[key], daily(), window, Mode.WINDOW_TOTAL, last_days=14, until=window.last).figure
        for key in ("group_buyers", "group_gmv", "silent_gmv")
    ]
    assert found == [buyers, gmv_fen, silent_fen]
    assert [shown(degree(UP, None, value, actual)) for value, actual in ((10, found[0]), (200_000, found[1]))] == [
        Decimal(one) for one in degrees
    ]


def test_h4_the_pool_of_friends_and_who_of_them_is_in_groups():
    friends, members = (
        measured(MEASURES[key], daily(), MAY, Mode.END_VALUE, last_days=14, until=date(2026, 6, 14)).figure
        for key in ("wecom_total", "group_members")
    )
    assert daily()["wecom_total"][date(2026, 4, 17)] == 4274
    assert friends == 10_400
    assert round(float(members / friends) * 100, 1) == 19.1
