"""Every kind of chart, as it stands in the gallery: well-formed, named, safe, and the same on page and paper."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import siyu_saas
from siyu_saas.web import charts
from siyu_saas.web.charts.examples import examples

STYLES = Path(siyu_saas.__file__).parent / "static/css/components/charts.css"
PAINT = re.compile(r' (?:class|fill|stroke|font-family)="[^"]*"')

on_page, on_paper = examples(), examples(charts.PDF)
drawings = pytest.mark.parametrize(
    "chart", [chart for e in on_page + on_paper for chart in (e.wide, e.narrow)], ids=lambda chart: chart.title
)


@drawings
def test_a_chart_says_in_words_what_it_shows(chart):
    root = ElementTree.fromstring(chart.svg)
    title, account = root[0], root[1]

    assert (title.text, account.text) == (chart.title, chart.summary)
    assert root.get("aria-labelledby") == f"{title.get('id')} {account.get('id')}"
    assert root.get("role") in ("img", "group")


@drawings
def test_a_chart_passes_a_strict_content_security_policy(chart):
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|url\(|paint-order", chart.svg)


@drawings
def test_every_row_of_the_table_has_a_cell_for_each_heading(chart):
    assert {len(row) for row in chart.table.rows} <= {len(chart.table.head)}


def test_page_and_paper_share_their_geometry():
    for page, paper in zip(on_page, on_paper, strict=True):
        assert PAINT.sub("", page.wide.svg) == PAINT.sub("", paper.wide.svg)
        assert PAINT.sub("", page.narrow.svg) == PAINT.sub("", paper.narrow.svg)


def test_no_id_occurs_twice_on_a_page_with_all_of_them():
    ids = re.findall(r' id="([^"]*)"', "".join(e.wide.svg + e.narrow.svg for e in on_page))

    assert len(ids) == len(set(ids)) > 0


def test_pages_leave_colours_to_the_style_sheet_and_paper_knows_no_classes():
    page, paper = ("".join(e.wide.svg for e in chosen) for chosen in (on_page, on_paper))

    assert "#" not in page
    assert "font-family" not in page
    assert "class=" not in paper
    assert all("Noto Sans CJK SC" in e.wide.svg for e in on_paper)


@pytest.mark.parametrize("name", charts.COLOURS)
def test_the_style_sheet_knows_every_colour(name):
    rules = STYLES.read_text()

    assert f".f-{name} {{ fill: var(" in rules
    assert f".k-{name} {{ stroke: var(" in rules


def test_a_chart_stays_small():
    assert max(len(e.wide.svg.encode()) for e in on_page) < 9_000
