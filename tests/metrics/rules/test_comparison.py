"""The demo merchant's before and after, domain H4, and the promises of an honest comparison."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.metrics.rules.comparison import Obstacle, Verdict, compare
from siyu_saas.metrics.rules.confounders import Happening, Kind, campaign_days, happenings, other_regime
from siyu_saas.metrics.rules.decomposition import contributions
from siyu_saas.metrics.rules.measures import MEASURES, Shape
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.trends import weeks
from siyu_saas.metrics.rules.windows import Coverage, Window, coverage_of, usual_window, weekday_mean
from siyu_saas.metrics.rules.wording import change_text, conclusion, figure_text, got_worse, interval_text, sentence
from tests.metrics.demo import APRIL, BASELINE, CAMPAIGNS, MAY, SERVICE, daily

DAILY = daily()


def changed(key: str, before: Window = BASELINE, after: Window = SERVICE, data=DAILY, **options):
    measure = MEASURES[key]
    return compare(reading(measure, data, before, **options), reading(measure, data, after, **options))


@pytest.mark.parametrize(
    ("key", "before", "after", "told", "interval", "verdict"),
    [
        ("group_new", 1500, 2010, "+34.0%", ("24.1", "44.7"), Verdict.CLEAR),
        ("group_buyers", 50, 61, "+22.0%", ("-16.1", "77.3"), Verdict.UNCERTAIN),
        ("aov_buyer", 15000, 21450, "+43.0%", ("21.9", "67.8"), Verdict.CLEAR),
        ("group_gmv", 750000, 1308450, "+74.5%", ("30.3", "133.6"), Verdict.CLEAR),
        ("silent_gmv", 250000, 350000, "+40.0%", ("5.6", "85.7"), Verdict.CLEAR),
    ],
)
def test_h4_counts_and_money(key, before, after, told, interval, verdict):
    change = changed(key)
    assert (change.before.figure, change.after.figure) == (before, after)
    assert change_text(change) == told
    assert (change.interval.low, change.interval.high) == tuple(map(Decimal, interval))
    assert change.verdict is verdict


def test_h4_activity_is_a_rate_of_the_same_members_every_day():
    change = changed("group_active_rate")
    assert (change.before.top, change.before.bottom) == (6715, 33575)
    assert (change.after.top, change.after.bottom) == (10099, 34823)
    assert change_text(change) == "+45.0%（+9.0 百分点）"
    assert interval_text(change) == "+38.6% 至 +51.7%"
    assert change.verdict is Verdict.CLEAR


def test_h4_the_spread_of_new_members():
    assert changed("group_new").interval.spread == Decimal("1.3122")
    assert changed("group_buyers").interval.spread == 1


def test_h4_what_fell_is_told_as_well():
    marketing, quits, kicks = (changed(key) for key in ("marketing_gmv", "group_quit_rate", "group_violation_kick"))
    assert (marketing.before.figure, marketing.after.figure, marketing.percent) == (500_000, 958_450, Decimal("91.7"))
    assert (quits.before.top, quits.before.bottom, quits.after.top, quits.after.bottom) == (1350, 2600, 504, 2490)
    assert [figure_text(quits.measure, side.figure) for side in (quits.before, quits.after)] == ["51.9%", "20.2%"]
    assert quits.points == Decimal("-31.7")
    assert kicks.percent == Decimal("-85.7")
    assert not got_worse(quits)
    assert got_worse(changed("group_quit_rate", SERVICE, BASELINE))


def test_h4_without_campaign_days():
    change = changed("group_buyers", leave_out=campaign_days(CAMPAIGNS))
    assert [(side.top, side.due) for side in (change.before, change.after)] == [(44, 26), (43, 22)]
    assert change.percent == Decimal("15.5")


def test_h4_campaigns_carried_a_third_of_the_turnover():
    days = campaign_days(CAMPAIGNS) & set(SERVICE.dates())
    share = Fraction(sum(DAILY["group_gmv"][day] for day in days), 1_308_450)
    assert (len(days), round(float(share) * 100, 1)) == (6, 33.1)


def test_h4_what_carried_the_turnover():
    buyers, aov = changed("group_buyers"), changed("aov_buyer")
    found = contributions(
        {"b": buyers.before.figure, "a": aov.before.figure / 100},
        {"b": buyers.after.figure, "a": aov.after.figure / 100},
    )
    assert found == {"b": Decimal("1995.39"), "a": Decimal("3589.11")}


@pytest.mark.parametrize(
    ("key", "before", "after", "total", "by_day"),
    [
        ("group_new", 1622, 2169, "33.7", "29.4"),
        ("group_buyers", 50, 66, "32.0", "27.7"),
        ("group_gmv", 768_622, 1_398_080, "81.9", "76.0"),
    ],
)
def test_h4_calendar_months_are_compared_by_the_day(key, before, after, total, by_day):
    change = changed(key, APRIL, MAY)
    assert (change.before.figure, change.after.figure, change.percent) == (before, after, Decimal(by_day))
    assert round(float(change.after.figure / change.before.figure - 1) * 100, 1) == float(total)
    assert "变化按日均计算" in change.notes[0]


def test_h4_a_gap_of_two_days_is_noted():
    active, aov = changed("group_active_rate", APRIL, MAY), changed("aov_buyer", APRIL, MAY)
    assert (active.before.top, active.before.bottom, active.after.top, active.after.bottom) == (
        7333,
        35211,
        10399,
        36204,
    )
    assert (active.percent, aov.percent) == (Decimal("37.9"), Decimal("37.8"))
    assert active.notes == ("基线覆盖 28/30 天（93.3%）",)


def test_h4_the_first_orders_of_those_who_came_are_a_cohort():
    whole = Window(date(2026, 4, 18), date(2026, 5, 31))
    found = reading(MEASURES["first_order_rate"], DAILY, whole)
    assert (found.top, found.bottom) == (597, 6346)
    young = reading(MEASURES["first_order_rate"], DAILY, whole, known_until=date(2026, 6, 1))
    assert young.due == 44 - 13


def test_the_sentence_never_says_that_the_service_brought_it():
    changes = [changed(key) for key in ("group_new", "group_buyers", "group_violation_kick")]
    told = conclusion(changes, happenings(SERVICE, CAMPAIGNS))
    assert told.startswith("服务期内变化明确：新增群人数 +34.0%、违规踢出数 -85.7%")
    assert "不能断定：转化人数 +22.0%" in told
    assert "可能同时影响" in told
    assert "内购会一" in told
    assert "五一" in told
    assert "带来" not in told
    assert sentence(changes[1]) == "转化人数 50 人 → 61 人，+22.0%，在波动范围内，不能断定"


def test_weekends_that_are_missing_do_not_drag_the_mean():
    monday = date(2026, 3, 2)
    values = [10, 10, 10, 10, 12, 20, 18, 10, 12, 10, 10, 12, None, 18]
    known = [(monday + timedelta(days=i), value) for i, value in enumerate(values) if value is not None]
    assert (sum(v for _, v in known), len(known)) == (162, 13)
    assert weekday_mean(known) == 13
    assert weekday_mean(known[:6]) is None


@pytest.mark.parametrize(
    ("valid", "coverage"),
    [(28, Coverage.FULL), (27, Coverage.FULL), (26, Coverage.NOTED), (22, Coverage.THIN), (0, Coverage.THIN)],
)
def test_how_much_has_to_be_known(valid, coverage):
    assert coverage_of(valid, 28) is coverage


def test_a_window_without_a_base_gets_no_percentage():
    zero = {"group_new": dict.fromkeys(BASELINE.dates(), 0) | dict.fromkeys(SERVICE.dates(), 2)}
    assert change_text(changed("group_new", data=zero)) == "从 0 人次 到 56 人次（新增）"
    assert change_text(changed("group_new", data={})) == "—（无基线）"
    only_before = {"group_new": dict.fromkeys(BASELINE.dates(), 3)}
    assert changed("group_new", data=only_before).obstacle is Obstacle.NO_SERVICE


def test_p3_first_orders():
    def shop(orders: int) -> dict:
        return dict(zip(BASELINE.dates(), [orders // 28 + (i < orders % 28) for i in range(28)], strict=True))

    after = {day + timedelta(days=47): n for day, n in shop(36).items()}
    new = {day: 300 // 28 + (i < 300 % 28) for i, day in enumerate(BASELINE.dates())}
    data = {
        "first_order_users": shop(24) | after,
        "wecom_new_parcel": new | {day + timedelta(days=47): n for day, n in new.items()},
    }
    change = changed("first_order_rate", data=data)
    assert change_text(change) == "+50.0%（+4.0 百分点）"
    assert interval_text(change) == "-0.84 百分点 至 +8.89 百分点"
    assert change.verdict is Verdict.UNCERTAIN


def test_another_regime_does_not_compare():
    """Product §1a h: old groups were dissolved and operation began on 1 May, so April is another regime."""
    broken = Happening(Kind.REGIME, "5 月 1 日起正式做群", date(2026, 5, 1), date(2026, 5, 1))
    assert other_regime(APRIL, MAY, [broken]) is broken
    assert other_regime(MAY, Window(date(2026, 6, 1), date(2026, 6, 30)), [broken]) is None
    sides = (reading(MEASURES["group_new"], DAILY, window) for window in (APRIL, MAY))
    assert change_text(compare(*sides, other_regime=True)) == "—（口径或运营方式不同，不可比）"


def test_windows_are_whole_weeks_and_named_by_their_neighbours():
    assert usual_window(date(2026, 4, 14)) == BASELINE
    assert SERVICE.before() == Window(date(2026, 4, 6), date(2026, 5, 3))
    assert SERVICE.year_ago().first.weekday() == SERVICE.first.weekday()
    assert SERVICE.whole_weeks
    assert not MAY.whole_weeks
    with pytest.raises(ValueError):
        Window(date(2026, 1, 2), date(2026, 1, 1))


def test_holidays_and_sales_are_found_by_themselves():
    assert [one.title for one in happenings(Window(date(2026, 6, 1), date(2026, 6, 30)))] == ["618 大促", "端午"]
    assert happenings(Window(date(2039, 3, 1), date(2039, 3, 30))) == []


AMOUNTS = st.one_of(st.none(), st.integers(0, 400))
WINDOWS = st.tuples(*[st.lists(AMOUNTS, min_size=28, max_size=28)] * 4)


def filled(values) -> dict:
    tops, bottoms = values[0] + values[1], values[2] + values[3]
    days = [*BASELINE.dates(), *SERVICE.dates()]
    return {"group_active": dict(zip(days, tops, strict=True)), "group_members": dict(zip(days, bottoms, strict=True))}


KEYS = st.sampled_from(("group_active_rate", "group_members"))


@given(values=WINDOWS, key=KEYS)
@settings(max_examples=60)
def test_no_percentage_is_ever_printed_for_a_window_without_a_base(values, key):
    change = changed(key, data=filled(values))
    thin = any(side.valid * 100 < side.due * 80 for side in (change.before, change.after))
    if thin or not change.before.figure or change.after.figure is None:
        assert change.percent is None
        assert change.points is None
        assert change.interval is None
        assert change_text(change).startswith(("—", "从 0"))


@given(values=WINDOWS, key=KEYS)
@settings(max_examples=60)
def test_the_other_way_round_is_the_same_change_backwards(values, key):
    there, back = changed(key, data=filled(values)), changed(key, SERVICE, BASELINE, data=filled(values))
    if there.log_ratio is not None and back.log_ratio is not None:
        assert there.log_ratio == pytest.approx(-back.log_ratio)
        assert (
            there.verdict is back.verdict
            or there.interval is None
            or Decimal(0) in (there.interval.low, there.interval.high)
        )


@pytest.mark.parametrize("key", ["group_new", "group_active_rate", "aov_buyer", "group_members", "group_quit_rate"])
def test_weeks_cut_out_of_the_whole_are_the_weeks_read_alone(key):
    measure, whole = MEASURES[key], Window(BASELINE.first, SERVICE.last)

    found = weeks(measure, daily(), whole)

    assert len(found) == whole.days // 7
    for one in found:
        alone = reading(measure, daily(), Window(one.first, one.first + timedelta(days=6)))
        assert one.figure == (alone.figure if measure.shape is not Shape.SUM or alone.valid == 7 else None)
