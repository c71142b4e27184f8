"""A name as people see it, whatever they sent."""

import unicodedata
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from siyu_saas.core.files.content import accept
from siyu_saas.core.files.names import NAME_LIMIT, UNNAMED, tidy_name, with_extension
from tests.core.files.samples import PDF

NAMES = {
    "plain": ("合同.pdf", "合同.pdf"),
    "capital suffix": ("合同.PDF", "合同.pdf"),
    "suffix of another kind": ("合同.jpg", "合同.pdf"),
    "suffix of a program": ("合同.exe", "合同.exe.pdf"),
    "two suffixes": ("合同.pdf.exe", "合同.pdf.exe.pdf"),
    "a version number": ("合同 v1.2", "合同 v1.2.pdf"),
    "no suffix": ("合同", "合同.pdf"),
    "a way up": ("../../etc/passwd", "passwd.pdf"),
    "a way up on Windows": (r"..\..\boot.ini", "boot.ini.pdf"),
    "a full path": (r"C:\Users\张三\桌面\合同.pdf", "合同.pdf"),
    "only a way up": ("../..", f"{UNNAMED}.pdf"),
    "nothing": ("", f"{UNNAMED}.pdf"),
    "no name": (None, f"{UNNAMED}.pdf"),
    "only a suffix": (".pdf", "pdf.pdf"),
    "dots": ("...", f"{UNNAMED}.pdf"),
    "a device": ("CON.txt", "_CON.pdf"),
    "a device in small letters": ("nul", "_nul.pdf"),
    "a device with a number": ("LPT1.report.pdf", "_LPT1.report.pdf"),
    "no device": ("console.pdf", "console.pdf"),
    "a rare letter": ("𠮷野家.pdf", "𠮷野家.pdf"),
    "emoji": ("活动🎉.pdf", "活动🎉.pdf"),
    "a family of emoji": ("👨\u200d👩\u200d👧.pdf", "👨\u200d👩\u200d👧.pdf"),
    "a red heart": ("❤\ufe0f.pdf", "❤\ufe0f.pdf"),
    "zero width": ("合\u200b同\u200d\ufeff\u2060.pdf", "合同.pdf"),
    "right to left": ("合同\u202efdp.exe", "合同fdp.exe.pdf"),
    "isolates": ("\u2066合同\u2069.pdf", "合同.pdf"),
    "line breaks": ("合同\r\nSet-Cookie: a=1.pdf", "合同 Set-Cookie_ a=1.pdf"),
    "a NUL": ("合同.pdf\x00.exe", "合同.pdf.exe.pdf"),
    "a quote": ('合"同".pdf', "合_同_.pdf"),
    "markup": ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
    "two code points for one letter": ("re\u0301sume\u0301.pdf", "résumé.pdf"),
    "half a pair": ("合\ud800同.pdf", "合同.pdf"),
    "a full-width space": ("\u3000合\u3000\u3000同 .pdf", "合 同.pdf"),
}


@pytest.mark.parametrize(("raw", "shown"), NAMES.values(), ids=NAMES)
def test_a_name_is_made_safe(raw, shown):
    with accept(BytesIO(PDF), raw) as file:
        assert file.name == shown


@pytest.mark.parametrize("letter", ["a", "客", "𠮷", "🎉", "👨\u200d"])
def test_a_name_of_ten_thousand_letters_is_cut(letter):
    with accept(BytesIO(PDF), letter * 10_000 + ".pdf") as file:
        assert len(file.name) <= NAME_LIMIT
        assert file.name.startswith(letter[0] * 1)
        assert file.name.endswith(f"{letter[0]}.pdf")


@given(st.text(st.characters(), max_size=300))
@example("\u202e" * 200)
@example("com1\u200b.")
def test_no_name_can_break_a_line_a_path_or_the_limit(raw):
    name = with_extension(tidy_name(raw), "pdf")

    assert len(name) <= NAME_LIMIT
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\<>:"|?*\r\n\t\x00')
    assert not name.startswith((".", " "))
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in name)
    assert all(char == "\u200d" or unicodedata.category(char) != "Cf" for char in name)
    name.encode("utf-8")
