"""Footnotes, remarks and sheets of a report, as plain functions."""

from __future__ import annotations

from types import SimpleNamespace

from siyu_saas.reports.rules.notes import noted, numbered
from siyu_saas.reports.rules.remarks import by_section, unanswered
from siyu_saas.reports.rules.sheets import sheets_of
from siyu_saas.tenants.rules import Side


def source(name: str, place: str = "comparison.show") -> dict:
    return {"name": name, "metric": "m", "window": "4 月", "version": "v1", "place": place}


def table_of(first: str, *names: str) -> dict:
    return {"kind": "table", "head": [first, "数"], "rows": [[name, "1"] for name in names]}


def test_a_source_has_one_number_however_often_it_is_named():
    cards = {"kind": "cards", "cards": [{"name": "客单价"}]}
    onepage = {"key": "onepage", "blocks": [cards], "sources": []}
    compare = {
        "key": "compare",
        "blocks": [table_of("指标", "客单价", "别的")],
        "sources": [source("客单价"), source("漏斗")],
    }
    method = {"key": "method", "blocks": [], "sources": [source("客单价")]}
    notes = numbered([onepage, compare, method])

    assert [(note["n"], note["name"]) for note in notes] == [(1, "客单价"), (2, "漏斗")]
    assert noted(onepage, notes)["blocks"][0]["marks"] == {"客单价": 1}
    assert noted(compare, notes)["blocks"][0]["marks"] == {"客单价": 1}
    assert noted(compare, notes)["whole"] == [2]


def test_a_target_that_is_named_like_its_metric_has_a_source_of_its_own():
    targets = {"key": "targets", "blocks": [table_of("目标", "GMV")], "sources": [source("GMV", "targets.board")]}
    compare = {"key": "compare", "blocks": [table_of("指标", "GMV")], "sources": [source("GMV") | {"metric": "gmv"}]}
    onepage = {"key": "onepage", "blocks": [table_of("目标", "GMV"), table_of("钱", "GMV")], "sources": []}
    notes = numbered([onepage, targets, compare])

    assert [block["marks"] for block in noted(onepage, notes)["blocks"]] == [{"GMV": 1}, {"GMV": 2}]
    assert noted(compare, notes)["blocks"][0]["marks"] == {"GMV": 2}


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
