"""Every worked case of domain C2, to the digit, and what holds for any input."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.metrics.rules.calculators.cadence import cadence_days, intervals, laid_out, rhythm
from siyu_saas.metrics.rules.calculators.festivals import festivals
from siyu_saas.metrics.rules.calculators.funnel import (
    FunnelInputs,
    Unreachable,
    buyers_needed,
    forward,
    parcels_needed,
)
from siyu_saas.metrics.rules.calculators.inputs import BadInput
from siyu_saas.metrics.rules.calculators.invitations import InvitationInputs, capacity
from siyu_saas.metrics.rules.calculators.lottery import Prize, lottery, quotas
from siyu_saas.metrics.rules.calculators.turnover import TurnoverInputs, turnover

RATES = st.decimals(0, 1, places=4)


def funnel(**changes) -> FunnelInputs:
    usual = {
        "parcels": 50_000,
        "parcel_rate": Decimal("0.12"),
        "first_order_rate": Decimal("0.10"),
        "friends_before": 4274,
        "group_rate": Decimal("0.20"),
        "group_size": 200,
        "buying_rate": Decimal("0.015"),
        "buyer_value_fen": 35_000,
    }
    return FunnelInputs(**{**usual, **changes})


def test_f1_the_funnel_forwards():
    found = forward(funnel())
    assert (found.new_friends, found.first_orders, found.friends) == (6000, 600, 10_274)
    assert (found.members, found.groups, found.buyers, found.gmv_fen) == (2054, 11, 30, 1_050_000)


def test_f2_without_parcels_the_pool_still_carries():
    found = forward(funnel(parcels=0, friends_before=10_000))
    assert (found.members, found.groups, found.buyers, found.gmv_fen) == (2000, 10, 30, 1_050_000)
    assert buyers_needed(gmv_fen=1_000_000, buyer_value_fen=35_000) == 29


@pytest.mark.parametrize(
    ("before", "friends", "parcels", "per_day"), [(4274, 5726, 47_717, 1085), (0, 10_000, 83_334, 1894)]
)
def test_f3_f4_the_funnel_backwards(before, friends, parcels, per_day):
    found = parcels_needed(goal=10_000, friends_before=before, parcel_rate=Decimal("0.12"), days=44)
    assert (found.friends, found.parcels, found.per_day) == (friends, parcels, per_day)


def test_nobody_scans_and_nothing_is_reached():
    with pytest.raises(Unreachable, match="到不了"):
        parcels_needed(goal=10, friends_before=0, parcel_rate=Decimal(0), days=1)
    assert parcels_needed(goal=10, friends_before=10, parcel_rate=Decimal(0), days=1).parcels == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("parcel_rate", Decimal("1.2")), ("buying_rate", Decimal("-0.1")), ("parcels", -1), ("group_size", 0)],
)
def test_inputs_out_of_range_are_named(field, value):
    with pytest.raises(BadInput) as refused:
        funnel(**{field: value})
    assert refused.value.field == field


@given(
    goal=st.integers(0, 10**7),
    before=st.integers(0, 10**7),
    rate=st.decimals("0.0001", 1, places=4),
    days=st.integers(1, 400),
)
def test_what_the_back_solve_asks_for_reaches_the_goal_and_is_minimal(goal, before, rate, days):
    found = parcels_needed(goal=goal, friends_before=before, parcel_rate=rate, days=days)

    def reached(parcels: int) -> int:
        return forward(funnel(parcels=parcels, friends_before=before, parcel_rate=rate)).friends

    assert reached(found.parcels) >= goal
    assert found.parcels == 0 or reached(found.parcels - 1) < goal
    assert found.per_day * days >= found.parcels


@given(
    parcels=st.integers(0, 10**6),
    more=st.integers(0, 10**5),
    rates=st.tuples(RATES, RATES, RATES, RATES),
)
def test_the_funnel_never_widens_and_more_parcels_never_bring_less(parcels, more, rates):
    p, f, g, b = rates
    given_ = {"parcel_rate": p, "first_order_rate": f, "group_rate": g, "buying_rate": b}
    less, plus = (forward(funnel(parcels=n, **given_)) for n in (parcels, parcels + more))
    assert less.new_friends <= parcels
    assert less.first_orders <= less.new_friends
    assert less.buyers <= less.members <= less.friends
    for stage in ("new_friends", "first_orders", "friends", "members", "groups", "buyers", "gmv_fen"):
        assert getattr(less, stage) <= getattr(plus, stage)


def inviting(**changes) -> InvitationInputs:
    usual = {
        "pool": 5000,
        "per_day": 120,
        "people": 5,
        "days": 10,
        "success_rate": Decimal("0.1"),
        "deposit_rate": Decimal("0.04"),
        "group_size": 100,
    }
    return InvitationInputs(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (6000, 5000, 500, 20, 9, 5)),
        ({"days": 5, "deposit_rate": Decimal("0.06")}, (3000, 3000, 300, 18, 9, 3)),
        ({"pool": 6000, "deposit_rate": Decimal("0.06")}, (6000, 6000, 600, 36, 10, 6)),
    ],
)
def test_i1_i2_i3_how_many_a_team_invites(changes, expected):
    found = capacity(inviting(**changes))
    assert (found.capacity, found.touched, found.joined, found.paying, found.days_needed, found.groups) == expected
    assert found.idle == found.capacity - found.touched


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Decimal("66.00"), Decimal("79.20"), 2_772_000, Decimal("1.2000"))),
        (
            {"orders_more": Decimal("1.5"), "referral_weight": Decimal("0.5")},
            (Decimal("63.00"), Decimal("81.90"), 2_866_500, Decimal("1.2000")),
        ),
    ],
)
def test_g1_g2_turnover(changes, expected):
    found = turnover(TurnoverInputs(2000, Decimal("0.03"), Decimal("0.20"), Decimal("0.10"), 35_000, **changes))
    assert (found.buyers, found.orders, found.gmv_fen, found.seed_index) == expected


ORDERS = {
    "U1": ("2026-01-02", "2026-01-12", "2026-01-20"),
    "U2": ("2026-01-05", "2026-01-16"),
    "U3": ("2026-01-03", "2026-01-03", "2026-01-15", "2026-01-24", "2026-02-03"),
    "U4": ("2026-01-09",),
    "U5": ("2026-01-10", "2026-01-19"),
    "U6": ("2026-01-06", "2026-01-17"),
}


def test_k1_the_rhythm_of_six_customers():
    orders = {who: [date.fromisoformat(day) for day in days] for who, days in ORDERS.items()}
    found = rhythm(orders)
    assert intervals(orders) == [10, 8, 11, 12, 9, 10, 9, 11]
    assert (found.gaps, found.mean, found.median, found.days) == (8, 10, 10, 15)
    assert found.small_sample
    assert found.once == Fraction(1, 6)


@pytest.mark.parametrize(
    ("mean", "days", "clipped"),
    [("20", 30, False), ("3", 7, True), ("50", 60, True), ("10.1", 16, False)],
)
def test_k2_the_rhythm_is_held_within_a_week_and_two_months(mean, days, clipped):
    assert cadence_days(Fraction(mean)) == (days, clipped)


def test_without_repurchase_the_usual_month_is_proposed():
    assert rhythm({"U1": [date(2026, 1, 1)]}).days == 30
    assert rhythm({}).once is None


K3 = ("05-08", "05-20 520", "06-04", "06-18 618", "07-03", "07-18")
K4 = ("05-08", "06-18 618", "07-18", "08-19 七夕", "09-25 中秋", "10-25", "11-11 双11", "12-12 双12")


@pytest.mark.parametrize(("every", "end", "expected"), [(15, date(2026, 7, 31), K3), (30, date(2026, 12, 31), K4)])
def test_k3_k4_campaigns_lean_on_festivals(every, end, expected):
    start = date(2026, 5, 8)
    used = {"五一", "520", "618", "端午", "七夕", "中秋", "国庆", "双11", "双12"}
    days = [one for one in festivals(start, end) if one.name in used]
    found = laid_out(start=start, end=end, every=every, festivals=days)
    assert tuple(f"{one.day:%m-%d}" + (f" {one.festival}" if one.festival else "") for one in found) == expected


def prizes(coupon: str) -> list[Prize]:
    return [
        Prize("1000 元购物金", Decimal("0.0005"), Fraction(45_000), 100_000),
        Prize("1 件免单", Decimal("0.0010"), Fraction(16_000)),
        Prize("5 折券", Decimal("0.6985"), Fraction(coupon)),
        Prize("定制小物", Decimal("0.0500"), Fraction(1_200)),
        Prize("小商品", Decimal("0.2500"), Fraction(300)),
    ]


@pytest.mark.parametrize(
    ("coupon", "expected"),
    [
        ("0", (Decimal("1.7350"), Decimal("11.5451"), Decimal("10410.00"), Decimal("11881.09"))),
        ("1400", (Decimal("11.5140"), Decimal("11.8589"), Decimal("69084.00"), Decimal("70595.08"))),
    ],
)
def test_the_lottery_of_the_example(coupon, expected):
    found = lottery(6000, prizes(coupon))
    assert (found.mean, found.deviation, found.total, found.at_most) == expected
    assert found.quotas == (3, 6, 4191, 300, 1500)


def test_chances_that_do_not_add_up_and_prizes_above_the_limit_are_refused():
    with pytest.raises(BadInput, match="少 25"):
        lottery(6000, prizes("0")[:-1])
    with pytest.raises(BadInput, match="5 万"):
        lottery(10, [Prize("车", Decimal(1), Fraction(1), 5_000_001)])
    assert lottery(99, [Prize("券", Decimal(1), Fraction(100))]).at_most is None


@given(draws=st.integers(0, 10**5), parts=st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_quotas_add_up_to_the_draws(draws, parts):
    found = quotas(draws, [Fraction(part, sum(parts)) for part in parts])
    assert sum(found) == draws
    assert all(abs(one - draws * Fraction(part, sum(parts))) < 1 for one, part in zip(found, parts, strict=True))
