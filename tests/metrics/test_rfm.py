"""Customers scored and put into segments: the domain's examples digit by digit, then the same from a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.core.audit import Actor
from siyu_saas.core.bulk import insert_rows
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.models import OrderLine
from siyu_saas.metrics.queries.customers import cells, customers, rhythm
from siyu_saas.metrics.rules.rfm import Cell, Cuts, Layer, Segment, layer_of, lines_of, portrait, scores_of
from siyu_saas.metrics.rules.rhythm import Rhythm
from tests.support.demo_orders import ASOF, demo_customers

CUTS = Cuts(Fraction(20), Fraction(30_000))
EXAMPLE = {
    "C01": (5, 6, 3600, "555", "重要价值"),
    "C02": (8, 4, 1500, "544", "重要价值"),
    "C03": (15, 1, 260, "411", "一般发展"),
    "C04": (18, 2, 2600, "425", "重要发展"),
    "C05": (35, 3, 900, "333", "一般保持"),
    "C06": (38, 5, 2500, "345", "重要保持"),
    "C07": (55, 2, 500, "222", "一般挽留"),
    "C08": (70, 1, 280, "111", "一般挽留"),
    "C09": (90, 4, 1300, "144", "重要保持"),
    "C10": (10, 1, 320, "512", "一般发展"),
}


def scored(cuts: Cuts = CUTS) -> dict:
    return {key: scores_of(days, orders, yuan * 100, cuts) for key, (days, orders, yuan, *_) in EXAMPLE.items()}


def test_the_scores_of_the_example():
    assert {key: "".join(map(str, scores)) for key, scores in scored().items()} == {
        key: row[3] for key, row in EXAMPLE.items()
    }


def test_the_segments_of_the_example_by_the_mean_of_all():
    lines = lines_of(Counter(scored().values()), few=0)

    assert lines.means == (Fraction(33, 10), Fraction(27, 10), Fraction(32, 10))
    assert {key: lines.segment(scores).title for key, scores in scored().items()} == {
        key: row[4] for key, row in EXAMPLE.items()
    }


def test_the_layers_of_the_example():
    lines = lines_of(Counter(scored().values()), few=0)
    layers = {key: layer_of(scores, lines.segment(scores)) for key, scores in scored().items()}

    assert {key for key, layer in layers.items() if layer is Layer.FRESH} == {"C03", "C10"}
    assert {key for key, layer in layers.items() if layer is Layer.LOYAL} == {"C01", "C02", "C06", "C09"}


def test_with_few_customers_a_fixed_line_decides():
    lines = lines_of(Counter(scored().values()))

    assert lines.fixed
    assert lines.segment((4, 3, 4)) is Segment.HLH


def test_the_forty_customers_of_the_demo():
    cuts = Cuts(Fraction(20), Fraction(21_450))
    rows = demo_customers()
    scores = [scores_of(days, orders, yuan * 100, cuts) for days, orders, yuan in rows]
    shown = portrait([Cell(one, 1, 0) for one in scores], cuts, ASOF)

    assert rows[:3] == [(32, 2, 408), (46, 2, 512), (40, 1, 334)]
    assert scores[:3] == [(3, 2, 2), (2, 2, 3), (3, 1, 2)]
    assert shown.lines.means == (Fraction("2.075"), Fraction("2.25"), Fraction("2.625"))
    assert {segment.title: size.customers for segment, size in shown.segments.items() if size.customers} == {
        "一般发展": 11,
        "重要保持": 10,
        "一般挽留": 10,
        "重要挽留": 4,
        "重要价值": 4,
        "重要发展": 1,
    }
    assert [shown.layers[layer].customers for layer in (Layer.FRESH, Layer.USUAL, Layer.LOYAL)] == [3, 23, 14]


@given(st.integers(0, 400), st.integers(1, 20), st.integers(1, 10**7))
def test_limits_in_whole_numbers_say_the_same_as_the_exact_ones(days, orders, fen):
    cuts = Cuts(Fraction(67, 5), Fraction(43_210, 7))
    recency, frequency, money = scores_of(days, orders, fen, cuts)

    interval, order = cuts.interval_days, cuts.order_fen
    assert recency == (
        5 if days <= interval / 2 else 4 if days <= interval else 3 if days <= 2 * interval
        else 2 if days <= 3 * interval else 1
    )  # fmt: skip
    assert frequency == (1 if orders == 1 else 2 if orders == 2 else 3 if orders == 3 else 4 if orders <= 5 else 5)
    assert money == (
        1 if fen < order else 2 if fen < 2 * order else 3 if fen < 4 * order else 4 if fen < 8 * order else 5
    )


def test_intervals_have_a_mean_and_a_median():
    beat = Rhythm({8: 1, 9: 2, 10: 2, 11: 2, 12: 1}, customers=6, buying_days=14, fen=0)

    assert (beat.count, beat.mean_days, beat.median_days) == (8, 10, 10)
    assert beat.is_small


@pytest.fixture
def orders(at_work):
    """The six customers of calc_cadence K1 (domain C2), each order 100 yuan."""
    days = {
        b"U1": ["01-02", "01-12", "01-20"],
        b"U2": ["01-05", "01-16"],
        b"U3": ["01-03", "01-03", "01-15", "01-24", "02-03"],
        b"U4": ["01-09"],
        b"U5": ["01-10", "01-19"],
        b"U6": ["01-06", "01-17"],
    }
    source = enter_counts(
        {("group_new", ASOF): 1}, engagement_id=at_work, title="x", form_key=None, by=Actor("店长", new_id())
    )
    rows = [(key, date.fromisoformat(f"2026-{day}"), 10_000) for key, some in days.items() for day in some]
    insert_rows(
        OrderLine,
        ("customer_key", "order_date", "amount_fen"),
        rows,
        same={"engagement_id": at_work, "import_id": source.id},
    )
    return at_work


def test_the_rhythm_of_the_example_from_the_database(orders):
    beat = rhythm(orders, date(2026, 2, 28))

    assert dict(beat.intervals) == {8: 1, 9: 2, 10: 2, 11: 2, 12: 1}
    assert (beat.customers, beat.buying_days, beat.fen) == (6, 14, 150_000)
    assert beat.mean_days == 10


def test_the_database_scores_as_the_rules_do(orders):
    asof = date(2026, 2, 10)
    cuts = rhythm(orders, asof).cuts()

    by_rules = Counter(scores_of(row.days, row.orders, int(row.fen), cuts) for row in customers(orders, asof))
    assert {cell.scores: cell.customers for cell in cells(orders, asof, cuts)} == by_rules
    assert sum(by_rules.values()) == 6


def test_only_a_year_back_counts(orders):
    assert rhythm(orders, date(2027, 1, 20)).customers == 1
    assert rhythm(orders, date(2026, 1, 1) - timedelta(1)).customers == 0
