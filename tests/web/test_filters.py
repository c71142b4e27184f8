"""Numbers, money and phones as readers see them: exact strings, at the boundaries."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.web import filters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (0, "0"),
        (12860, "12,860"),
        (-1234567, "-1,234,567"),
        (Decimal("0.5"), "1"),
        (Decimal("-0.4"), "0"),
    ],
)
def test_counts_are_grouped_by_thousands(value, text):
    assert filters.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (0, "0 元"),
        (99_999, "99,999 元"),
        (Decimal("99999.49"), "99,999 元"),
        (Decimal("99999.5"), "10.0 万元"),
        (100_000, "10.0 万元"),
        (104_999, "10.5 万元"),
        (104_500, "10.5 万元"),
        (104_499, "10.4 万元"),
        (527_000, "52.7 万元"),
        (99_999_499, "9,999.9 万元"),
        (99_999_500, "1.00 亿元"),
        (99_999_999, "1.00 亿元"),
        (100_000_000, "1.00 亿元"),
        (123_500_000, "1.24 亿元"),
        (-527_000, "-52.7 万元"),
        (-99_999, "-99,999 元"),
        (-104_500, "-10.5 万元"),
        (Fraction(2_000_000, 3), "66.7 万元"),
    ],
)
def test_large_numbers_change_to_wan_and_yi_after_rounding(value, text):
    assert filters.wan(value, "元") == text


def test_without_a_unit_only_the_scale_follows_the_number():
    assert filters.wan(12_860) == "12,860"
    assert filters.wan(527_000) == "52.7 万"


def test_a_row_keeps_the_unit_of_its_largest_number():
    row = [386_000, None, 900_000, 8_000]

    scale = filters.scale_of(row)

    assert [filters.wan(value, "元", scale=scale) for value in row] == ["38.6 万元", "—", "90.0 万元", "0.8 万元"]


def test_an_empty_row_has_the_plain_scale():
    assert filters.scale_of([None, None]) == filters.Scale("", 1, 0)


def test_a_float_is_refused_because_it_is_not_what_was_measured():
    with pytest.raises(TypeError):
        filters.wan(0.1)


@pytest.mark.parametrize(
    ("fen", "text", "exact"),
    [
        (None, "—", "—"),
        (0, "0 元", "0 元"),
        (12_650, "126.50 元", "126.50 元"),
        (12_600, "126 元", "126 元"),
        (-12_650, "-126.50 元", "-126.50 元"),
        (9_999_999, "99,999.99 元", "99,999.99 元"),
        (10_000_000, "10.0 万元", "100,000 元"),
        (52_700_000, "52.7 万元", "527,000 元"),
        (52_700_050, "52.7 万元", "527,000.50 元"),
        (9_999_999_999, "1.00 亿元", "99,999,999.99 元"),
    ],
)
def test_money_is_whole_fen_on_the_way_in(fen, text, exact):
    assert filters.yuan(fen) == text
    assert filters.yuan(fen, exact=True) == exact


def test_money_as_a_float_is_refused():
    with pytest.raises(TypeError):
        filters.yuan(126.5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (151, 1000, "15.1%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),
        (-5, 100, "-5.0%"),
        (0, 8, "0.0%"),
        (5, 0, "—"),
        (5, None, "—"),
        (None, 5, "—"),
    ],
)
def test_a_rate_without_a_base_is_not_known(numerator, denominator, text):
    assert filters.percent(numerator, denominator) == text


@pytest.mark.parametrize(
    ("now", "before", "text", "table"),
    [
        (Decimal("0.049"), Decimal("0.031"), "+1.8 百分点", "+1.8 pp"),
        (Decimal("0.146"), Decimal("0.151"), "-0.5 百分点", "-0.5 pp"),
        (Decimal("0.1"), Decimal("0.1"), "0.0 百分点", "0.0 pp"),
        (Fraction(1, 3), 0, "+33.3 百分点", "+33.3 pp"),
        (None, 0, "—", "—"),
        (0, None, "—", "—"),
    ],
)
def test_rates_differ_by_points_never_by_percent(now, before, text, table):
    assert filters.points(now, before) == text
    assert filters.points(now, before, table=True) == table


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (12_860, 8_240, "+56%"),
        (527_000, 386_000, "+37%"),
        (50, 100, "-50%"),
        (100, 100, "0%"),
        (1, 0, "—"),
        (1, None, "—"),
        (None, 1, "—"),
        (5, -1, "—"),
    ],
)
def test_change_needs_a_baseline_above_zero(now, before, text):
    assert filters.change(now, before) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (None, "—"),
        (0, "0 B"),
        (1023, "1,023 B"),
        (1024, "1.0 KB"),
        (1_048_575, "1.0 MB"),
        (1_258_291, "1.2 MB"),
        (5 * 1024**3, "5.0 GB"),
    ],
)
def test_file_sizes(size, text):
    assert filters.byte_size(size) == text


@pytest.mark.parametrize(
    ("number", "grouped", "masked"),
    [
        ("13812345678", "138 1234 5678", "138****5678"),
        ("+86 138-1234-5678", "138 1234 5678", "138****5678"),
        ("010-62345678", "010-62345678", "****78"),
        ("110", "110", "****"),
        (None, "—", "—"),
        ("", "—", "—"),
    ],
)
def test_phone_numbers(number, grouped, masked):
    assert filters.phone_grouped(number) == grouped
    assert filters.phone_masked(number) == masked


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("52.7万", "527000"),
        ("1.2亿", "120000000"),
        ("527,000", "527000"),
        ("５２７", "527"),
        (" ５２．７ 万 元 ", "527000"),
        ("52.7w", "527000"),
        ("3 千", "3000"),
        ("1.5k", "1500"),
        ("-3", "-3"),
        ("¥126.50", "126.50"),
        ("￥１，２００", "1200"),
        (".5", "0.5"),
    ],
)
def test_amounts_are_read_as_people_type_them(text, amount):
    parsed = filters.parse_amount(text)

    assert parsed == Decimal(amount)
    assert isinstance(parsed, Decimal)


@pytest.mark.parametrize("text", ["", "  ", "十万", "1,2", "52,7000", "1e9", "3.", "5 万亿", "NaN", "٣", "9" * 41])
def test_what_is_not_an_amount_is_answered_in_chinese(text):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        filters.parse_amount(text)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_an_amount_survives_being_written_with_separators(amount):
    assert filters.parse_amount(f"{amount:,f}") == amount


@given(st.integers())
def test_no_integer_is_too_large_to_write(value):
    assert "E" not in filters.wan(value)
