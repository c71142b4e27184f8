"""Footnotes, remarks and sheets of a report, as plain functions."""

from __future__ import annotations

from types import SimpleNamespace

from siyu_saas.reports.rules.notes import marks_of, numbered, whole
from siyu_saas.reports.rules.remarks import by_section, unanswered
from siyu_saas.reports.rules.sheets import sheets_of
from siyu_saas.tenants.rules import Side


def source(name: str, window: str = "4 月") -> dict:
    return {"name": name, "metric": "m", "window": window, "version": "v1", "place": "comparison.show"}


def test_a_source_has_one_number_however_often_it_is_named():
    cards = {"kind": "cards", "cards": [{"name": "客单价"}]}
    table = {"kind": "table", "rows": [["客单价", "150"], ["别的", "1"]]}
    onepage = {"key": "onepage", "title": "一页纸", "blocks": [cards], "sources": []}
    compare = {"key": "compare", "title": "对比", "blocks": [table], "sources": [source("客单价"), source("漏斗")]}
    method = {"key": "method", "title": "口径", "blocks": [], "sources": [source("客单价")]}
    notes = numbered([onepage, compare, method])

    assert [(note["n"], note["name"]) for note in notes] == [(1, "客单价"), (2, "漏斗")]
    assert marks_of(onepage, notes) == marks_of(compare, notes) == {"客单价": 1}
    assert whole(compare, notes, {"客单价": 1}) == [2]


def test_a_section_waits_for_an_answer_while_the_merchant_has_the_last_word():
    def said(kind: str, side: Side, internal: bool = False):
        return SimpleNamespace(subject_kind=kind, author_side=side, internal=internal)

    remarks = by_section(
        [
            said("report-compare", Side.MERCHANT),
            said("report-compare", Side.FIRM, internal=True),
            said("report-targets", Side.MERCHANT),
            said("report-targets", Side.FIRM),
            said("report", Side.MERCHANT),
        ]
    )

    assert set(remarks) == {"compare", "targets"}
    assert unanswered(remarks) == ["compare"]


def test_each_table_is_a_sheet_and_the_appendix_only_when_it_is_shown():
    table = {"kind": "table", "head": ["指标"], "rows": [["a"]]}
    section = {"key": "compare", "title": "前后/对比", "blocks": [table, table]}
    appendix = [{"title": "日数据", "head": ["日期", {"text": "数", "num": True}], "rows": [["1", "2"]]}]
    shown = {"sections": [section, {"key": "appendix", "title": "附录", "blocks": []}], "appendix": appendix}

    assert [name for name, _head, _rows in sheets_of(shown)] == ["1-1 前后_对比", "1-2 前后_对比", "附录1 日数据"]
    assert [name for name, *_rest in sheets_of({**shown, "sections": [section]})] == ["1-1 前后_对比", "1-2 前后_对比"]
