"""Digests, cut tables, contents and characters, as plain functions."""

from __future__ import annotations

import pytest

from siyu_saas.papers.rules import as_csv, attachments_of, cut, digest, printable, with_contents


def test_the_digest_is_of_the_content_and_not_of_the_order_of_its_keys():
    first = digest("report", "报告", "1.0", {"a": 1, "b": [1, None, "𠮷"]})
    assert first == digest("report", "报告", "1.0", {"b": [1, None, "𠮷"], "a": 1})
    for other in (("charter", "报告", "1.0"), ("report", "报 告", "1.0"), ("report", "报告", "1.1")):
        assert digest(*other, {"a": 1, "b": [1, None, "𠮷"]}) != first


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_can_not_be_frozen(value):
    with pytest.raises(ValueError, match="JSON"):
        digest("report", "报告", "", {"a": value})
    with pytest.raises(TypeError):
        digest("report", "报告", "", {"a": object()})


@pytest.mark.parametrize(("rows", "shown", "left"), [(0, 0, 0), (1000, 1000, 0), (1001, 1000, 1), (8400, 1000, 7400)])
def test_a_long_table_is_cut_on_paper_and_attached_whole(rows, shown, left):
    table = {"title": "日数据", "head": ["日"], "rows": [[str(n)] for n in range(rows)]}

    found = cut(table["rows"])
    attached = attachments_of({"appendix": [table]})

    assert (len(found.rows), found.left) == (shown, left)
    assert [name for name, _content in attached] == (["日数据.csv"] if left else [])
    assert all(content.count(b"\r\n") == rows + 1 for _name, content in attached)


def test_a_spreadsheet_never_runs_a_cell():
    text = as_csv(["名称", "值"], [["=1+1", "-3.5%"], ["@x", "−1,200"], ["+cmd|' /C calc'!A0", "+9"]]).decode(
        "utf-8-sig"
    )
    assert text.splitlines()[1:] == ["'=1+1,-3.5%", '\'@x,"−1,200"', "'+cmd|' /C calc'!A0,+9"]


def test_contents_are_the_headings_with_an_id():
    page = '<nav class="contents"><p>目录</p><!--contents--></nav><h1 id="a"><span>01</span> 摘要</h1><h2>无</h2>'
    page += '<h2 id="b">甲 &lt;b&gt;</h2>'
    assert with_contents(page).startswith('<h1 id="a">')
    made = with_contents(page + '<h2 id="c">乙</h2><h2 id="d">丙</h2>')
    assert (
        '<li class="level-1"><a href="#a">01  摘要</a></li><li class="level-2"><a href="#b">甲 &lt;b&gt;</a></li>'
        in made
    )
    assert with_contents("<p>无目录</p>") == "<p>无目录</p>"


def test_characters_that_no_font_has_are_replaced_and_joiners_stay():
    assert printable("甲\x07乙\U000f0000\ufe0f", lambda one: one in "甲乙") == "甲乙〓\ufe0f"


def test_full_width_signs_and_line_breaks_are_no_formulas_either():
    text = as_csv(["=名称"], [["＝1+1"], ["－1"], ["＠x"], ["\r=1"]]).decode("utf-8-sig")
    assert text == "'=名称\r\n'＝1+1\r\n'－1\r\n'＠x\r\n\"'\r=1\"\r\n"
