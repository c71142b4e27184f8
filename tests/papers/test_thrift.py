"""Printing with less work: the same file as the engine makes by itself, and no more work a row the longer the table."""

from __future__ import annotations

import resource
from datetime import UTC, datetime
from xml.etree import ElementTree

import pydyf
import pytest
import weasyprint

from bench import reference_report as reference
from siyu_saas.papers import pdf
from siyu_saas.papers.apart import print_apart, warm_up
from siyu_saas.papers.page import Imprint, Sheet, sheet_of
from siyu_saas.papers.thrift import WRITTEN_FOR, writing

CODE = "ABCD-EFGH-JKLM"
IMPRINT = Imprint(
    "报告", "1.0", "0" * 12, CODE, f"https://x/verify/{CODE}", datetime(2026, 6, 6, tzinfo=UTC), "私域同行"
)


@pytest.fixture
def sheet_with(app_for_pages):
    reference.install(app_for_pages)
    warm_up()

    def make(rows: int) -> Sheet:
        with app_for_pages.app_context():
            return sheet_of(reference.KIND, reference.data(rows), IMPRINT)

    return make


def test_the_file_is_the_one_that_the_engine_makes_by_itself(sheet_with, monkeypatch):
    """The same parts of the engine are replaced as when this was written; otherwise look at each of them again."""
    sheet = sheet_with(12)
    monkeypatch.setattr(writing, "COMPRESSION", 9)
    ours = print_apart(sheet)
    monkeypatch.setattr(pdf, "be_thrifty", lambda: False)
    monkeypatch.setattr(pdf.Leaf, "_ua_stylesheets", weasyprint.HTML._ua_stylesheets)
    monkeypatch.setattr(ElementTree, "fromstring", not_well_formed)

    assert (weasyprint.__version__, pydyf.__version__) == WRITTEN_FOR
    assert print_apart(sheet) == ours


def test_a_row_of_the_appendix_is_cheap(sheet_with):
    """Loosely, as other work runs beside it; the bench measures to 8,400 rows and that it stays a straight line."""
    few, more = (cpu_seconds(sheet_with(rows)) for rows in (20, 140))

    assert (more - few) / 120 < 0.0135


def cpu_seconds(sheet: Sheet) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    print_apart(sheet)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def not_well_formed(_text):
    raise ElementTree.ParseError
