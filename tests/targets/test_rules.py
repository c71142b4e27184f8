"""Worked cases of domain D3 and D4: what is suggested, where it lies, how it is typed, what it moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.metrics.rules.calculators.funnel import FunnelInputs
from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.bands import Benchmark, Place, Strength, chosen, conflicting, place_of, usable, verdict
from siyu_saas.targets.rules.feasibility import (
    check_band,
    check_span,
)
from siyu_saas.targets.rules.meaning import course, linked, per_hundred
from siyu_saas.targets.rules.quantities import amount_text, from_figure, from_typed, typed
from siyu_saas.targets.rules.suggestions import Confidence, Rule, confidence, points_of_confidence, span, suggest

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
