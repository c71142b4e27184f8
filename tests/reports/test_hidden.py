"""A section that was left out is left out everywhere: of what is attached, and of what is said to have changed."""

from __future__ import annotations

from siyu_saas.papers.rules import attachments_of
from siyu_saas.reports.export import _as_sent
from siyu_saas.reports.models import Report
from siyu_saas.reports.paper import changes_between, shown_data

TABLE = {"title": "日数据", "head": ["日"], "rows": [[str(number)] for number in range(1_001)]}


def report(words: str, *hidden: str) -> Report:
    """Two sections and an appendix."""
    blocks = [{"kind": "facts", "pairs": [["人数", words]]}]
    sections = [
        {"key": key, "blocks": blocks, "missing": "", "sources": []} for key in ("funnel", "segments", "appendix")
    ]
    return Report(
        number=1, data={"sections": sections, "appendix": [TABLE]}, narrative={}, order=[], hidden=list(hidden)
    )


def test_the_tables_of_a_hidden_appendix_are_not_attached():
    assert attachments_of(shown_data(report("1")))
    assert attachments_of(shown_data(report("1", "appendix"))) == []
    assert attachments_of(shown_data(report("1"), without=("appendix",))) == []


def test_what_changed_in_a_hidden_section_is_not_told():
    told = changes_between(report("1"), report("2", "segments"))
    assert [one.section for one in told] == ["漏斗对比", "附录"]
    assert [one.section for one in changes_between(report("1"), report("2"))] == ["漏斗对比", "用户结构", "附录"]


def test_an_export_for_the_merchant_leaves_it_out_too():
    row = report("1", "segments", "appendix")
    sent = _as_sent(
        {"data": row.data, "hidden": row.hidden, "narrative": {"segments": {"text": "x", "confirmed": True}}}
    )
    assert [one["key"] for one in sent["data"]["sections"]] == ["funnel"]
    assert sent["data"]["appendix"] == []
    assert sent["narrative"] == {}
