"""Round ticks, room for words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.web.charts.axis import axis_for, round_ticks
from siyu_saas.web.charts.lettering import ems, shorten
from siyu_saas.web.charts.units import COUNT, PERCENT, YUAN


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 158, (0, 50, 100, 150, 200)),
        (14.4, 27, (10, 15, 20, 25, 30)),
        (-12, 30, (-20, -10, 0, 10, 20, 30)),
        (0, 0, (0, 1)),
        (5, 5, (4, 5, 6)),
    ],
)
def test_ticks_are_round(low, high, ticks):
    assert round_ticks(low, high, most=5, least_step=1) == ticks


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.integers(3, 10))
def test_ticks_hold_the_data_and_are_few(one, other, most):
    low, high = sorted((one, other))

    ticks = round_ticks(low, high, most=most)

    slack = 1e-6 * max(1, abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= most + 3
    assert list(ticks) == sorted(set(ticks))


def test_counts_are_never_marked_in_fractions():
    assert axis_for([0, 2], COUNT, most=5, from_zero=True).labels == ("0", "1", "2")


def test_rates_carry_their_sign_and_money_its_unit_once():
    rates = axis_for([10, 30], PERCENT, most=4, from_zero=False)
    money = axis_for([0, 527_000], YUAN, most=5, from_zero=True)

    assert (rates.labels[0], rates.caption) == ("10%", "")
    assert (money.labels, money.caption) == (("0", "20", "40", "60"), "万元")


@pytest.mark.parametrize(
    ("words", "room", "shown"),
    [
        ("复购率", 3, "复购率"),
        ("九十日复购率", 4, "九十日…"),
        ("𠮷祥茶铺", 3, "𠮷祥…"),
        ("家👩‍👩‍👧庭", 2.5, "家…"),
        ("复购率", 0.5, "…"),
    ],
)
def test_words_are_cut_with_an_ellipsis_between_whole_characters(words, room, shown):
    assert shorten(words, room) == shown


@given(st.text(), st.floats(1, 40))
def test_what_is_cut_fits(words, room):
    assert ems(shorten(words, room)) <= room + 1e-9
