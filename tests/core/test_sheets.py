"""Nothing that people typed becomes a formula in a spreadsheet, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.core.sheets import ALIVE, as_csv, as_xlsx, safe_cell

HEAD = ("时间", "人")
NASTY = ["=1+1", "+86 138", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_that_would_be_calculated_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-5, 3.2, None, "周明远", "a=b", "1+1", ""])
def test_everything_else_is_unharmed(value):
    assert safe_cell(value) == value


def test_a_csv_opens_in_excel_and_reads_back():
    content = as_csv(HEAD, [("2026-11-25", text) for text in NASTY] + [("x", 'a"b,c')])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(HEAD)
    assert [row[1] for row in rows[1:]] == [f"'{text}" for text in NASTY] + ['a"b,c']


def test_a_workbook_holds_texts_and_no_formulas():
    content = as_xlsx("记录", HEAD, [(1, text) for text in NASTY] + [(2, "https://x.example"), (3, "007")])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[-1].value == "007"
    assert all(cell.value.startswith("'") for cell in cells[: len(NASTY)])
    assert sheet.cell(2, 1).value == 1


@given(st.text(max_size=40))
def test_no_text_stays_alive(text):
    assert not str(safe_cell(text)).startswith(tuple(ALIVE))
