"""The intervals of domain C3 to the stated digits, and against scipy and statsmodels."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from siyu_saas.metrics.rules.decomposition import contributions
from siyu_saas.metrics.rules.intervals import count_ratio, newcombe, rate_ratio, wilson

P1 = [48, 52, 50, 55, 60, 58, 47], [66, 70, 68, 71, 80, 79, 62]
P2 = (
    list(zip([40, 42, 41, 43, 45, 44, 39], range(200, 214, 2), strict=True)),
    list(zip([60, 63, 62, 64, 68, 66, 61], range(214, 228, 2), strict=True)),
)
DAYS = st.lists(st.integers(0, 5000), min_size=2, max_size=40).filter(any)


def test_p1_counts():
    found = count_ratio(*P1)
    assert (round(found.ratio, 4), found.spread) == (1.3405, 1.0)
    assert (round(found.low, 4), round(found.high, 4)) == (1.1717, 1.5337)


def test_p2_a_rate_of_the_same_people_every_day():
    found = rate_ratio(*P2)
    assert round(found.ratio, 4) == 1.4141
    assert (round(found.low, 4), round(found.high, 4)) == (1.3467, 1.4849)


def test_p3_independent_people():
    found = newcombe((24, 300), (36, 300))
    assert [round(x * 100, 2) for x in (found.difference, found.low, found.high)] == [4.0, -0.84, 8.89]
    assert [round(x * 100, 2) for x in wilson(36, 300)] == [8.80, 16.17]
    assert [round(x * 100, 2) for x in wilson(3, 20)] == [5.24, 36.04]


def test_l1_l2_what_carried_the_turnover():
    two = contributions({"buyers": 50, "aov": 150}, {"buyers": 61, "aov": Decimal("214.50")})
    assert two == {"buyers": Decimal("1995.39"), "aov": Decimal("3589.11")}
    four = contributions(
        {"members": 1000, "rate": Decimal("0.05"), "times": Decimal("1.2"), "order": 150},
        {"members": 1200, "rate": Decimal("0.055"), "times": Decimal("1.3"), "order": 180},
    )
    assert list(four.values()) == [Decimal("2175.72"), Decimal("1137.38"), Decimal("955.18"), Decimal("2175.72")]
    assert abs(sum(four.values()) - 6444) <= Decimal("0.01")
    assert contributions({"a": 0}, {"a": 1}) is None
    assert (
        contributions({"a": 2, "b": 3}, {"a": 3, "b": 2})["a"]
        == -contributions({"a": 2, "b": 3}, {"a": 3, "b": 2})["b"]
    )


@given(people=st.integers(1, 5000), share=st.floats(0, 1))
def test_wilson_is_that_of_statsmodels(people, share):
    hits = round(people * share)
    assert wilson(hits, people) == pytest.approx(proportion_confint(hits, people, 0.05, "wilson"), abs=2e-6)


@given(hits=st.tuples(st.integers(5, 300), st.integers(5, 300)))
def test_newcombe_is_that_of_statsmodels(hits):
    found = newcombe((hits[0], 400), (hits[1], 350))
    theirs = confint_proportions_2indep(hits[1], 350, hits[0], 400, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx(theirs, abs=2e-6)


def test_counts_are_those_of_an_over_dispersed_poisson_regression():
    days = [40, 90, 12, 55, 70, 33, 61, 80, 25, 44], [88, 30, 120, 64, 95, 41, 140, 72, 66, 101]
    model = sm.GLM(
        np.array(days[0] + days[1]), sm.add_constant(np.repeat([0.0, 1.0], 10)), family=sm.families.Poisson()
    ).fit(scale="X2")
    found = count_ratio(*days)
    assert found.spread == pytest.approx(model.scale)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(model.conf_int()[1])), rel=1e-5)


@given(before=DAYS, after=DAYS)
def test_the_interval_turned_round_is_the_interval_of_the_other_direction(before, after):
    there, back = count_ratio(before, after), count_ratio(after, before)
    assert there.ratio * back.ratio == pytest.approx(1)
    assert there.low * back.high == pytest.approx(1)
    assert there.spread == pytest.approx(back.spread)
