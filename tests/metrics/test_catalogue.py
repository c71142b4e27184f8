"""Metrics as data: units that have to fit, and values from the demo's daily file."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.metrics.rules.catalogue import (
    FIELD_DIMENSIONS,
    dimensions,
    fields_of,
    formula_of,
    read_metric,
    unit_faults,
)
from siyu_saas.metrics.rules.fields import FIELDS
from siyu_saas.metrics.rules.formulas import NUMBER, BadFormula, of, parse, require
from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.packs.library import pack
from tests.metrics.demo import daily

METRICS = pack("base").metrics
MONDAY = date(2026, 4, 6)


def metric(**changes):
    usual = {"key": "m", "title": "指标", "unit": "人", "aggregate": "sum", "denominator": ""}
    return SimpleNamespace(**usual | {"top": (), "minus": (), "bottom": ()} | changes)


def series(*values: int | None) -> dict:
    return {MONDAY + timedelta(at): value for at, value in enumerate(values)}


def test_every_metric_of_the_pack_has_units_that_fit():
    assert len(METRICS) == 67
    assert unit_faults(METRICS.values()) == []


def test_every_metric_reads_only_fields_that_exist():
    assert {field for one in METRICS.values() for field in fields_of(one)} <= set(FIELDS)


def test_the_formula_of_the_seed_is_caught():
    """社群 GMV = 人数 × 转化率 × 复购率 × 裂变率 has no price in it: product §1a c."""
    known = dimensions(METRICS.values())
    seed = parse("group_members × group_conv_rate × repurchase_rate × fission_rate")

    with pytest.raises(BadFormula, match="应以元为单位，公式算出来却是人"):
        require(seed, known, of(Unit.FEN), "社群 GMV")
    require(parse("group_members × group_conv_rate × aov_buyer"), known, of(Unit.FEN), "社群 GMV")


def test_rates_lead_from_parcels_to_people():
    known = dimensions(METRICS.values())

    require(parse("parcels_sent × parcel_to_wecom_rate"), known, of(Unit.PEOPLE), "新增好友")
    with pytest.raises(BadFormula):
        require(parse("parcels_sent × aov_buyer"), known, of(Unit.PEOPLE), "新增好友")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("parcels_sent + group_gmv", "件和元不能相加减"),
        ("nonsense + 1", "「nonsense」不是已知的量"),
        ("(group_new", "括号没有成对"),
        ("group_new +", "没有写完"),
        ("", "是空的"),
        ("group_new ^ 2", "读不懂的「^ 2」"),
        ("group_new group_quit", "读不下去"),
        ("(" * 100 + "1" + ")" * 100, "括号太深"),
        ("__import__('os')", "读不懂"),
    ],
)
def test_what_is_no_formula_is_named(text, sentence):
    with pytest.raises(BadFormula, match=sentence.replace("^", r"\^")):
        parse(text).dimension(FIELD_DIMENSIONS)


@given(*[st.integers(-1000, 1000)] * 3)
def test_arithmetic_is_exact(a, b, c):
    values = {"a": a, "b": b, "c": c}

    assert parse("a + b × c − a").value(values) == b * c
    assert parse("(a + b) ÷ c").value(values) == (Fraction(a + b, c) if c else None)


def test_unknown_makes_unknown():
    assert parse("a × 0 + b").value({"a": None, "b": 1}) is None
    assert parse("2.5 × a").value({"a": 2}) == 5
    assert parse("2").dimension({}) == NUMBER


def test_a_metric_whose_units_do_not_fit_is_named():
    wrong = metric(unit="元", top=("group_members",))

    assert unit_faults([wrong]) == ["m: 应是元，公式算出来是人"]


def test_a_rate_is_never_a_mean_of_daily_rates():
    rate = metric(unit="%", aggregate="ratio", top=("group_active",), bottom=("group_members",))
    counts = {"group_active": series(1, 90, None, 5), "group_members": series(10, 100, 100, None)}

    seen = read_metric(rate, counts, MONDAY, MONDAY + timedelta(3))

    assert (seen.value, seen.valid, seen.due) == (Fraction(91, 110), 2, 4)


def test_a_stock_is_its_last_known_day_and_two_stocks_the_last_day_of_both():
    counts = {"group_members": series(10, 20, None), "wecom_total": series(100, 200, 300)}

    assert (
        read_metric(metric(aggregate="last", top=("group_members",)), counts, MONDAY, MONDAY + timedelta(2)).value == 20
    )
    share = metric(unit="%", aggregate="ratio", top=("group_members",), bottom=("wecom_total",))
    assert read_metric(share, counts, MONDAY, MONDAY + timedelta(2)).value == Fraction(20, 200)


def test_what_stood_at_the_beginning_comes_from_the_day_before():
    churn = metric(
        unit="%", aggregate="ratio", top=("wecom_lost",), bottom=("wecom_total",), denominator="期初 企微客户总数"
    )
    counts = {"wecom_lost": series(1, 2), "wecom_total": series(50, 60)}

    assert read_metric(churn, counts, MONDAY, MONDAY + timedelta(1)).reason == "缺期初的数"
    counts["wecom_total"][MONDAY - timedelta(1)] = 100
    assert read_metric(churn, counts, MONDAY, MONDAY + timedelta(1)).value == Fraction(3, 100)


def test_zero_is_a_value_and_nothing_is_not():
    plain = metric(top=("group_new",))

    assert read_metric(plain, {"group_new": series(0, 0)}, MONDAY, MONDAY + timedelta(1)).value == 0
    assert read_metric(plain, {"group_new": series(None, None)}, MONDAY, MONDAY + timedelta(1)).value is None
    assert read_metric(plain, {}, MONDAY, MONDAY).reason == "没有数据"


def test_distinct_people_do_not_add_up():
    scans = METRICS["parcel_scans"]

    assert read_metric(scans, {"parcel_scans": series(3, 4)}, MONDAY, MONDAY + timedelta(1)).value is None
    assert read_metric(scans, {"parcel_scans": series(3, 4)}, MONDAY, MONDAY).value == 3


@pytest.mark.parametrize(
    ("key", "baseline", "service"),
    [
        ("group_new", 1500, 2010),
        ("group_active_rate", Fraction(6715, 33575), Fraction(10099, 34823)),
        ("group_buyers", 50, 61),
        ("aov_buyer", 15_000, 21_450),
        ("group_gmv", 750_000, 1_308_450),
        ("silent_gmv", 250_000, 350_000),
        ("marketing_gmv", 500_000, 958_450),
        ("group_violation_kick", 84, 12),
    ],
)
def test_the_demo_file_gives_the_figures_of_the_specification(key, baseline, service):
    """Domain H4, 28 days against 28 days."""
    demo_daily = daily()
    one = read_metric(METRICS[key], demo_daily, date(2026, 3, 18), date(2026, 4, 14))
    two = read_metric(METRICS[key], demo_daily, date(2026, 5, 4), date(2026, 5, 31))

    assert (one.value, two.value) == (baseline, service)
    assert one.valid == two.valid == 28


def test_the_days_that_the_demo_lost_are_left_out_of_both_sides():
    seen = read_metric(METRICS["group_active_rate"], daily(), date(2026, 4, 1), date(2026, 4, 30))

    assert (seen.numerator, seen.denominator, seen.valid, seen.due) == (7333, 35211, 28, 30)


def test_a_formula_stands_for_every_metric_that_the_sheet_feeds():
    assert formula_of(METRICS["net_growth_rate"]).names == [
        "wecom_new_parcel", "wecom_new_other", "wecom_lost", "wecom_total",
    ]  # fmt: skip
    assert formula_of(METRICS["nps_merchant"]) is None
