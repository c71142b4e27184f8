"""Worked cases of domain D3, D4 and H4, and what the product must notice in the first seed (product §1a)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.metrics.rules.calculators.funnel import FunnelInputs
from siyu_saas.metrics.rules.claims import Claim, faults_of
from siyu_saas.metrics.rules.measures import MEASURES, Better, Unit
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.achievement import degree, measured, pace, result, shown
from siyu_saas.targets.rules.bands import Benchmark, Place, Strength, chosen, conflicting, place_of, usable, verdict
from siyu_saas.targets.rules.course import basis, standing
from siyu_saas.targets.rules.feasibility import (
    check_band,
    check_days,
    check_groups,
    check_parcels,
    check_rationale,
    check_span,
    check_turnover,
    states_middle,
)
from siyu_saas.targets.rules.meaning import course, linked, per_hundred
from siyu_saas.targets.rules.quantities import amount_text, from_figure, from_typed, typed
from siyu_saas.targets.rules.states import Mode, State, only_words_now, shown_state
from siyu_saas.targets.rules.suggestions import Confidence, Rule, confidence, points_of_confidence, span, suggest
from siyu_saas.targets.rules.totals import baseline_over, days_added, modes_of, of_other_length
from tests.metrics.demo import daily

UP, DOWN = Better.UP, Better.DOWN
PARCEL_BAND = Benchmark(1000, 2000, "代运营口径", "2022", strength=Strength.SEED)
FIRST_BAND = Benchmark(500, 1500, "代运营口径", "2022", strength=Strength.SEED)
WHOLE = Window(date(2026, 4, 18), date(2026, 5, 31))
MAY = Window(date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("baseline", "band", "value", "rule", "middle"),
    [
        (400, PARCEL_BAND, 1200, Rule.TOWARDS_THE_TOP, 1500),
        (None, FIRST_BAND, 1000, Rule.BAND_MIDPOINT, 1000),
        (0, PARCEL_BAND, 1000, Rule.TOWARDS_THE_TOP, 1500),
        (1500, PARCEL_BAND, 1800, Rule.TOWARDS_THE_TOP, 1500),
        (2500, PARCEL_BAND, 2800, Rule.HOLD, 1500),
        (200, FIRST_BAND, 900, Rule.TOWARDS_THE_TOP, 1000),
    ],
)
def test_m1_to_m6_what_is_suggested(baseline, band, value, rule, middle):
    found = suggest(Unit.SHARE, UP, baseline, band)
    assert (found.value, found.rule, found.alternative) == (value, rule, middle)


def test_without_a_band_ones_own_average_is_taken_further():
    assert suggest(Unit.FEN, UP, 1_000_000, None).value == 1_100_000
    assert suggest(Unit.PEOPLE, UP, None, None).rule is Rule.NONE


def test_what_should_fall_is_suggested_the_other_way_round():
    band = Benchmark(1000, 3000, "同行")
    assert suggest(Unit.SHARE, DOWN, 5000, band).value == 3000
    assert suggest(Unit.SHARE, DOWN, 2400, band).value == 1700
    assert suggest(Unit.SHARE, DOWN, 800, band) == suggest(Unit.SHARE, DOWN, 800, band)
    assert suggest(Unit.SHARE, DOWN, 800, band).value == 700


@pytest.mark.parametrize(
    ("days", "share", "strength", "confirmed", "window", "expected"),
    [
        (30, 1, Strength.SEED, False, 44, Confidence.MIDDLE),
        (0, 0, Strength.SEED, True, 44, Confidence.MIDDLE),
        (28, 1, Strength.SEED, True, 31, Confidence.HIGH),
        (0, 0, None, True, 31, Confidence.MIDDLE),
        (0, 0, None, False, 31, Confidence.LOW),
    ],
)
def test_d4_how_sure_one_may_be(days, share, strength, confirmed, window, expected):
    points = points_of_confidence(
        baseline_days=days, baseline_share=Fraction(share), strength=strength, confirmed=confirmed, window_days=window
    )
    assert confidence(points) is expected


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


def test_bands_are_shown_side_by_side_and_never_averaged():
    practitioner = Benchmark(2500, 4500, "单人实践", "2023")
    ours = Benchmark(900, 1600, "本机构商家", sample=4, strength=Strength.OWN)
    assert usable([practitioner, PARCEL_BAND, ours]) == [PARCEL_BAND, practitioner]
    assert chosen([practitioner, PARCEL_BAND]) is PARCEL_BAND
    assert conflicting([practitioner, PARCEL_BAND])
    assert not conflicting([PARCEL_BAND, FIRST_BAND])


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        (900, Place.BELOW, "偏保守"),
        (1200, Place.LOWER, "稳妥"),
        (1600, Place.UPPER, "有挑战"),
        (2100, Place.ABOVE, "写明依据"),
    ],
)
def test_where_a_value_lies_is_said_in_words(value, place, words):
    assert place_of(value, PARCEL_BAND) is place
    assert words in verdict(place, UP)
    assert check_band(Unit.SHARE, UP, value, PARCEL_BAND, reason="").fires == (place in (Place.BELOW, Place.ABOVE))
    assert not check_band(Unit.SHARE, UP, value, PARCEL_BAND, reason="换了卡片").fires


def test_a_wide_span_wants_three_actions():
    assert span(UP, 400, 1200) == 3
    assert check_span(UP, 400, 1200, days=44, actions=2).sentence.startswith("跨度大：3.0 倍 / 44 天")
    assert check_span(UP, 400, 1200, days=44, actions=2).fires
    assert not check_span(UP, 400, 1200, days=44, actions=3).fires
    assert check_span(UP, 400, 900, days=44, actions=0) is None
    assert check_span(UP, None, 900, days=44, actions=0) is None


@pytest.mark.parametrize(
    ("unit", "typed_in", "steps", "written"),
    [
        (Unit.SHARE, "12", 1200, "12%"),
        (Unit.SHARE, "5.5", 550, "5.5%"),
        (Unit.FEN, "10000", 1_000_000, "10,000 元"),
        (Unit.FEN, "214.5", 21_450, "214.50 元"),
        (Unit.PEOPLE, "2000", 2000, "2,000 人"),
        (Unit.GROUPS, "10", 10, "10 个"),
    ],
)
def test_values_are_whole_steps(unit, typed_in, steps, written):
    assert from_typed(unit, Decimal(typed_in)) == steps
    assert amount_text(unit, steps) == written
    assert typed(unit, steps) == Decimal(typed_in)


def test_values_finer_than_a_step_are_refused():
    with pytest.raises(ValueError, match="整数"):
        from_typed(Unit.PEOPLE, Decimal("1.5"))
    assert from_figure(Unit.SHARE, Fraction(2411, 19_600)) == 1230


@given(steps=st.integers(0, 10**12), unit=st.sampled_from(list(Unit)))
def test_what_is_shown_in_an_input_comes_back(steps, unit):
    assert from_typed(unit, Decimal(str(typed(unit, steps)))) == steps


SEED = FunnelInputs(
    parcels=83_334,
    parcel_rate=Decimal("0.04"),
    first_order_rate=Decimal("0.10"),
    friends_before=0,
    group_rate=Decimal("0.20"),
    group_size=200,
    buying_rate=Decimal("0.015"),
    buyer_value_fen=35_000,
)


def test_targets_are_linked_one_rate_moves_all_others():
    result_, found = linked(SEED, {"parcel_to_wecom_rate": 1200, "group_count": 10, "group_gmv": 1_000_000})
    assert (result_.new_friends, result_.members, result_.groups) == (10_000, 2000, 10)
    assert [one.enough for one in found] == [True, True]
    lower, less = linked(SEED, {"parcel_to_wecom_rate": 400, "group_count": 10})
    assert (lower.new_friends, less[0].given) == (3333, 4)
    assert "不够" in less[0].sentence
    assert "2,000" in course(result_)
    assert per_hundred(Unit.SHARE, UP, 400, 1200, "件包裹") == "每 100 件包裹，多 8 个"


def test_seed_a_twelve_is_not_the_middle_of_ten_to_twenty():
    assert check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.BAND_MIDPOINT).fires
    assert "15%" in check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.BAND_MIDPOINT).sentence
    assert not check_rationale(Unit.SHARE, 1000, FIRST_BAND, Rule.BAND_MIDPOINT).fires
    assert not check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.TOWARDS_THE_TOP).fires


def test_a_reason_that_claims_the_middle_is_recognised():
    assert states_middle("试跑目标均取中间值")
    assert not states_middle("社群中心负责人认可")


def test_seed_b_ten_thousand_a_day_are_not_a_quarter_million_a_month():
    found = check_days(1_000_000, 25_000_000)
    assert found.fires
    assert "300,000 元" in found.sentence
    assert "25 天" in found.sentence
    assert not check_days(1_000_000, 30_000_000).fires


def test_seed_d_ten_thousand_friends_take_parcels_that_nobody_counted():
    found = check_parcels(goal=10_000, friends_before=0, rate=Decimal("0.12"), days=30, parcels_known=None)
    assert found.fires
    assert "83,334" in found.sentence
    assert "缺少发货量" in found.sentence
    today = check_parcels(goal=10_000, friends_before=0, rate=Decimal("0.04"), days=30, parcels_known=100_000)
    assert "250,000" in today.sentence
    assert today.fires


def test_seed_e_twenty_percent_of_ten_thousand_are_ten_groups_and_that_is_fine():
    found = check_groups(friends=10_000, share=Fraction(1, 5), groups=10, size=200)
    assert (found.kind, found.sentence) == ("ok", "10,000 人 × 20% = 2,000 人 = 10 个群 × 200 人")
    assert check_groups(friends=10_000, share=Fraction(1, 5), groups=8, size=200).fires
    assert check_groups(friends=10_000, share=Fraction(1, 5), groups=3, size=700).kind == "bad"


def test_seed_f_five_yuan_a_member_is_too_easy():
    found = check_turnover(gmv_fen=1_000_000, members=2000, buyer_value_fen=50_000)
    assert found.fires
    assert "人均 5 元" in found.sentence
    assert "太容易" in found.sentence
    assert not check_turnover(gmv_fen=1_000_000, members=2000, buyer_value_fen=10_000).fires
    assert "太难" in check_turnover(gmv_fen=100_000_000, members=2000, buyer_value_fen=35_000).sentence


def test_seed_g_results_without_a_base_and_without_the_signed_targets():
    claims = [
        Claim("新增群人数", "+34%", baseline=Window(date(2023, 4, 1), date(2023, 4, 30))),
        Claim("社群活跃度", "+45%", baseline=Window(date(2023, 4, 1), date(2023, 4, 30))),
        Claim("转化人数", "+22%"),
        Claim("客单价", "+43%"),
    ]
    found = faults_of(claims, signed={"包裹卡企微转化率", "首单转化率", "客户群数", "社群 GMV"})
    told = "；".join(one.sentence for one in found)
    assert [one.check for one in found] == ["g"] * 3
    assert "没有写明和哪一段时间比：转化人数、客单价" in told
    assert "签署的目标没有报告结果：包裹卡企微转化率、客户群数、社群 GMV、首单转化率" in told
    whole = Claim("客单价", "+43%", "150.00 元", "214.50 元", Window(date(2026, 3, 18), date(2026, 4, 14)))
    assert faults_of([whole], signed={"客单价"}) == []


APRIL = Window(date(2026, 3, 18), date(2026, 4, 14))


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


TRAILING_TOLD = (
    "2,411 ÷ 19,600 = 12.30%，2026-05-18 至 2026-05-31，有效 14/14 天；"
    "整个窗口 6,346 ÷ 61,600 = 10.30%，2026-04-18 至 2026-05-31，有效 44/44 天，达成度 78.8%"
)


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
