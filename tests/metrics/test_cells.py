"""Days, counts and amounts in every spelling that people and programs have."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.metrics.rules.reading.cells import BadCell, count_of, day_of, fen_of, shown

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-06", "2026/4/6", "2026.4.6", "2026年4月6日", "20260406", "2026-04-06 12:33:01", "2026-04-06T08:00:00",
        "２０２６－０４－０６", "4月6日", "4/6", "04-06", "2026-04-06(周一)", "2026/4/6 星期一", "46118", "46118.0", " 2026-4-6 ",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text):
    assert day_of(text, TODAY) == date(2026, 4, 6)


def test_a_day_without_a_year_is_never_in_the_future():
    assert day_of("12月31日", TODAY) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02", "不是真实存在的日期"),
        ("2026-02-30", "不是真实存在的日期"),
        ("2026-13-01", "不是真实存在的日期"),
        ("上周一", "不是日期"),
        ("=TODAY()", "不是日期"),
        ("12", "不是日期"),
    ],
)
def test_what_is_no_day_is_named(text, sentence):
    with pytest.raises(BadCell, match=sentence):
        day_of(text, TODAY)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0), ("1,234", 1234), ("１２３", 123), ("1.2万", 12_000), ("3千", 3_000), ("12人", 12), ("12.0", 12), ("1e3", 1000),
        ("-", None), ("—", None), ("无", None), ("N/A", None), ("1w", 10_000), (" 7 件", 7), ("0.5万", 5_000),
    ],
)  # fmt: skip
def test_counts(text, count):
    assert count_of(text) == count


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-3", "负数"),
        ("12.5", "不是整数"),
        ("约100", "不是数字"),
        ("1,23", "不是数字"),
        ("=cmd|' /C calc'!A0", "不是数字"),
        ("9" * 30, "太大"),
        ("1e999", "太大"),
        ("无穷", "不是数字"),
    ],
)
def test_what_is_no_count_is_named(text, sentence):
    with pytest.raises(BadCell, match=sentence):
        count_of(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("126.5", 12650), ("126.50", 12650), ("¥1,234.5", 123450), ("1.25万", 1_250_000), ("￥88元", 8800), ("0", 0),
        ("214.49999999999997", 21450), ("0.005", 1), ("-12", -1200), ("－", None), (".5", 50), ("3.", 300),
    ],
)  # fmt: skip
def test_amounts_in_fen(text, fen):
    assert fen_of(text) == fen


def test_a_column_in_fen_is_taken_as_it_is():
    assert fen_of("36284", per_unit=1) == 36284
    assert fen_of("36284.00", per_unit=1) == 36284


@given(st.integers(0, 10**12))
def test_an_amount_written_as_yuan_comes_back_in_fen(fen):
    assert fen_of(f"{fen // 100}.{fen % 100:02}") == fen
    assert fen_of(f"{fen // 100:,}.{fen % 100:02} 元") == fen


@given(st.text(max_size=40))
def test_no_cell_breaks_the_reader(text):
    for read in (lambda cell: day_of(cell, TODAY), count_of, fen_of):
        with suppress(BadCell):
            read(text)


def test_a_sentence_never_shows_a_whole_phone_number():
    assert shown("13812345678") == "138****78"
