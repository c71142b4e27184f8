"""A paper from the frozen data to the file: same bytes, only bundled fonts, nothing from outside, nothing without caps."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import UTC, datetime

import pytest

from siyu_saas.papers.apart import TooBig, print_apart
from siyu_saas.papers.kinds import PaperKind
from siyu_saas.papers.page import Imprint, Sheet, sheet_of

KIND = PaperKind("charter", "合作说明", "charter/paper/charter.html")
IMPRINT = Imprint(
    "合作说明",
    "第 1 版",
    "0123456789ab",
    "ABCD-EFGH-JKLM",
    "http://127.0.0.1:8000/verify/ABCD-EFGH-JKLM",
    datetime(2026, 6, 6, 8, 0, tzinfo=UTC),
    "私域同行",
)
SENTENCE = "目标由商家与顾问共同设定，是双方努力的方向，不作考核。"


def data(**changes) -> dict:
    sections = [{"heading": f"第 {n} 节", "text": SENTENCE * 20} for n in range(1, 8)]
    return {
        "merchant": "浅岚衣序",
        "firm": "甲顾问",
        "proposed_on": "2026-04-01",
        "sections": sections,
        "fingerprint": "f" * 64,
        "code": None,
        "signatures": [],
        **changes,
    }


@pytest.fixture(scope="module")
def sheet_for(app_for_pages):
    def make(**changes) -> Sheet:
        with app_for_pages.app_context():
            return sheet_of(KIND, data(**changes), IMPRINT)

    return make


@pytest.fixture
def told(tmp_path):
    """What the usual tools say about a PDF."""

    def ask(content: bytes, *command: str) -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        filled = [str(path) if part == "{}" else part for part in command]
        return subprocess.run(filled, capture_output=True, text=True, errors="replace", check=True).stdout

    return ask


def test_the_same_data_gives_the_same_bytes_in_another_process(sheet_for):
    assert print_apart(sheet_for()).content == print_apart(sheet_for()).content


def test_it_is_whole_tagged_embedded_and_in_chinese(sheet_for, told):
    printed = print_apart(sheet_for())

    told(printed.content, "qpdf", "--check", "{}")
    text = re.sub(r"\s+", "", told(printed.content, "pdftotext", "{}", "-"))
    fonts = told(printed.content, "pdffonts", "{}").splitlines()[2:]
    info = told(printed.content, "pdfinfo", "{}")
    assert SENTENCE in text
    assert "核验码ABCD-EFGH-JKLM" in text
    assert fonts
    assert all("Siyu-Sans" in line and re.search(r"yes +yes +yes", line) for line in fonts), fonts
    assert re.search(r"Tagged: +yes", info)
    assert re.search(r"Title: +合作说明", info)
    assert "/Lang (zh-CN)" in told(printed.content, "qpdf", "--qdf", "--object-streams=disable", "{}", "-")
    assert printed.pages == int(re.search(r"Pages: +(\d+)", info)[1])
    described = told(printed.content, "pdfinfo", "-meta", "{}")
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "GTS_PDFA1" in told(printed.content, "qpdf", "--qdf", "--object-streams=disable", "{}", "-")


@pytest.mark.parametrize(
    "text",
    ["𠮷祥茶铺", "🍵 早安 👨‍👩‍👧", "㎡ 鱻 堃 䶮 㛃 𬱖", "ﷺ ⸻ \U000f0000 \ud800 \x07", "长" * 400, "W" * 400],
    ids=["rare", "emoji", "names", "nobody has them", "long hanzi", "long latin"],
)
def test_any_text_is_printed_without_an_error_and_with_our_fonts_only(sheet_for, told, text):
    printed = print_apart(sheet_for(merchant=text))

    fonts = told(printed.content, "pdffonts", "{}").splitlines()[2:]
    assert all("Siyu" in line for line in fonts), fonts


def test_a_print_leaves_nothing_behind(sheet_for, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    print_apart(sheet_for(merchant="𠮷🍵"))
    assert list(tmp_path.iterdir()) == []


def test_what_no_font_has_becomes_a_printers_sign(sheet_for, told):
    text = told(print_apart(sheet_for(merchant="甲\U000f0000乙")).content, "pdftotext", "{}", "-")
    assert "甲〓乙" in text


def test_nothing_outside_is_ever_asked_for(told, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'leaked' }")
    page = f"""<!DOCTYPE html><html lang="zh-CN"><title>x</title><link rel="stylesheet" href="file://{secret}">
    <link rel="attachment" href="file:///etc/passwd"><img src="file:///etc/passwd"><p>正文</p>
    <p style="background:url(http://127.0.0.1:9/a)"></p><object data="http://127.0.0.1:9/b"></object>
    <style>@import url(ftp://127.0.0.1:9/c); @font-face {{ font-family: q; src: url(file:///etc/hostname) }}</style>"""
    printed = print_apart(Sheet(page, {}, [], IMPRINT.made_at))

    assert re.sub(r"\s+", "", told(printed.content, "pdftotext", "{}", "-")) == "正文第1页/共1页"
    assert "0 embedded files" in told(printed.content, "pdfdetach", "-list", "{}")


def test_markup_in_a_text_is_shown_as_text(sheet_for, told):
    text = told(print_apart(sheet_for(merchant="<img src=file:///etc/passwd>")).content, "pdftotext", "{}", "-")
    assert "<img src=file:///etc/passwd>" in text.replace("\n", "")


def test_a_paper_that_is_too_big_is_refused_and_nothing_else_happens(sheet_for):
    with pytest.raises(TooBig, match="内容太多"):
        print_apart(sheet_for(), memory=1 << 20)


def test_a_broken_page_is_an_error_of_ours(app_for_pages):
    with pytest.raises(RuntimeError, match="printing failed"):
        print_apart(Sheet(None, {}, [], IMPRINT.made_at))
