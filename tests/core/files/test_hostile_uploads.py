"""What comes of each upload that means harm, is damaged, or only looks odd."""

from io import BytesIO

import pytest
from PIL import Image

from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import BrokenFile, EmptyFile, FileRefused, TooLarge, UnsupportedFile
from tests.core.files import samples
from tests.core.files.samples import EXE, HEIC, HTML, MP4, OLD_XLS, PDF, SVG, noise, photo, saved, workbook, zipped

PIXELS = noise()
PNG = saved(PIXELS, "PNG")
JPG = saved(PIXELS, "JPEG")
WEBP = saved(PIXELS, "WEBP")
GIF = saved(PIXELS, "GIF")
XLSX = workbook()
ZIP = zipped({"a.txt": b"a"})
MANY_ENTRIES = workbook({f"xl/{number}": b"" for number in range(2_001)})
BOMB = workbook({"xl/worksheets/sheet2.xml": b"0" * 30_000_000})
LARGE_BUT_DENSE = samples.declaring(workbook({"noise": noise((2000, 2000)).tobytes()}), 201 * 1024 * 1024)

REFUSED = {
    "nothing": (b"", "空.png", EmptyFile),
    "a text of white space": (b"\xef\xbb\xbf \r\n\t\n", "空白.txt", EmptyFile),
    "a page called picture": (HTML, "头像.png", UnsupportedFile),
    "a page called table": (HTML, "数据.csv", UnsupportedFile),
    "a page behind white space": (b"\xef\xbb\xbf\n  <b onclick=x>" + b"x" * 9, "a.txt", UnsupportedFile),
    "a script tag inside a table": (b"a,b\n1,<script>alert(1)</script>\n", "a.csv", UnsupportedFile),
    "a drawing with a script": (SVG, "logo.svg", UnsupportedFile),
    "a drawing called picture": (SVG, "logo.png", UnsupportedFile),
    "a drawing called text": (b"<?xml version='1.0'?>" + SVG, "logo.txt", UnsupportedFile),
    "XML with an entity": (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "a.csv", UnsupportedFile),
    "a program called picture": (EXE, "工资.jpg", UnsupportedFile),
    "a program called table": (EXE, "工资.csv", UnsupportedFile),
    "an ELF program": (b"\x7fELF\x02\x01\x01" + bytes(64), "run.txt", UnsupportedFile),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "readme.txt", UnsupportedFile),
    "a script under its own name": (b"import os\n", "a.py", UnsupportedFile),
    "a batch file": (b"@echo off\r\ndel *.*\r\n", "a.bat", UnsupportedFile),
    "text without a suffix": (b"hello", "README", UnsupportedFile),
    "a HEIC photo": (HEIC, "IMG_0001.heic", UnsupportedFile),
    "a HEIC photo called JPG": (HEIC, "IMG_0001.jpg", UnsupportedFile),
    "a film": (MP4, "直播.mp4", UnsupportedFile),
    "a bitmap": (saved(PIXELS, "BMP"), "a.bmp", UnsupportedFile),
    "a TIFF called JPG": (saved(PIXELS, "TIFF"), "a.jpg", UnsupportedFile),
    "an old or locked Excel file": (OLD_XLS, "日报.xls", UnsupportedFile),
    "a plain ZIP": (ZIP, "资料.zip", UnsupportedFile),
    "a plain ZIP called workbook": (ZIP, "日报.xlsx", UnsupportedFile),
    "a Word document": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "a.docx", UnsupportedFile),
    "a ZIP with a way out": (zipped({"../../etc/passwd": b"x"}), "a.xlsx", UnsupportedFile),
    "an empty ZIP": (zipped({}), "a.xlsx", UnsupportedFile),
    "a workbook with macros": (workbook({"xl/vbaProject.bin": b"x"}), "日报.xlsm", UnsupportedFile),
    "macros under another case": (workbook({"xl/VBAPROJECT.BIN": b"x"}), "日报.xlsx", UnsupportedFile),
    "macros of 1992": (workbook({"xl/macrosheets/sheet1.xml": b"x"}), "日报.xlsx", UnsupportedFile),
    "macros declared only": (workbook(types=samples.MACRO_TYPE), "日报.xlsx", UnsupportedFile),
    "an encrypted workbook": (samples.encrypted(XLSX), "日报.xlsx", UnsupportedFile),
    "a workbook packed with bzip2": (workbook(method=12), "日报.xlsx", UnsupportedFile),
    "a workbook packed with LZMA": (workbook(method=14), "日报.xlsx", UnsupportedFile),
    "a workbook of 2,004 entries": (MANY_ENTRIES, "日报.xlsx", TooLarge),
    "a workbook bomb by ratio": (BOMB, "日报.xlsx", TooLarge),
    "a workbook bomb by declared size": (LARGE_BUT_DENSE, "日报.xlsx", TooLarge),
    "a bomb that declares 10 bytes": (samples.declaring(BOMB, 10), "日报.xlsx", BrokenFile),
    "a workbook cut off": (XLSX[:-30], "日报.xlsx", BrokenFile),
    "a workbook with a changed byte": (workbook(method=0).replace(b"<sheet/>", b"<sheep/>"), "日报.xlsx", BrokenFile),
    "a PDF cut off": (PDF[:-6], "合同.pdf", BrokenFile),
    "a PDF with a page inside": (PDF.replace(b"1 0 obj", HTML + b"1 0 obj"), "合同.pdf", UnsupportedFile),
    "a page that is also a PDF": (b"<html><!--" + PDF, "合同.pdf", UnsupportedFile),
    "a program that is also a PDF": (EXE + PDF, "合同.pdf", UnsupportedFile),
    "a PDF that is also a ZIP": (PDF + ZIP, "合同.pdf", UnsupportedFile),
    "a ZIP that is also a PDF": (zipped({"a": PDF}, method=0), "合同.pdf", UnsupportedFile),
    "text called PDF": (b"hello", "合同.pdf", UnsupportedFile),
    "UTF-16 text": ("客户,金额".encode("utf-16"), "客户.csv", UnsupportedFile),
    "UTF-16 text without a mark": ("a,b\n".encode("utf-16-le"), "客户.csv", UnsupportedFile),
    "a NUL in text": (b"name\n\x00\n", "客户.csv", UnsupportedFile),
    "a terminal escape in text": (b"name\n\x1b]0;pwned\x07\n", "客户.txt", UnsupportedFile),
    "bytes that are no text": (bytes(range(128, 256)) * 4, "客户.csv", UnsupportedFile),
    "a NUL far into a text": (b"a,b\n" * 40_000 + b"\x00", "客户.csv", UnsupportedFile),
    "a PNG cut off": (PNG[: len(PNG) // 2], "a.png", BrokenFile),
    "a JPEG cut off": (JPG[: len(JPG) // 2], "a.jpg", BrokenFile),
    "a WEBP cut off": (WEBP[: len(WEBP) // 2], "a.webp", BrokenFile),
    "a GIF cut off": (GIF[: len(GIF) // 2], "a.gif", BrokenFile),
    "a signature and no picture": (b"\xff\xd8\xff\xe0", "a.jpg", BrokenFile),
    "a signature before a page": (b"GIF89a" + HTML, "a.gif", BrokenFile),
    "a picture of 400 megapixels declared": (samples.png_header(20_000, 20_000), "a.png", TooLarge),
    "a picture of 51 megapixels declared": (samples.png_header(51_000, 1_000), "a.png", TooLarge),
    "a picture of 10 terapixels declared": (samples.png_header(2**31 - 1, 5_000), "a.png", TooLarge),
    "a picture without height": (samples.png_header(10, 0), "a.png", BrokenFile),
}  # fmt: skip

TAKEN = {
    "a JPEG with a ZIP behind it": (JPG + ZIP, "a.jpg", "image/jpeg"),
    "a GIF with a JAR behind it": (GIF + ZIP, "a.gif", "image/png"),
    "a JPEG with a page behind it": (JPG + HTML, "a.html", "image/jpeg"),
    "a PNG with a PDF behind it": (PNG + PDF, "a.pdf", "image/png"),
    "a photo with a page as comment": (saved(PIXELS, "JPEG", comment=HTML), "a.jpg", "image/jpeg"),
    "a PNG called JPG": (PNG, "a.jpg", "image/png"),
    "a photo called program": (JPG, "a.exe", "image/jpeg"),
    "a phone's picture of two views": (
        saved(PIXELS, "MPO", save_all=True, append_images=[PIXELS]), "a.jpg", "image/jpeg",
    ),
    "a moving GIF": (saved(PIXELS, "GIF", save_all=True, append_images=[PIXELS.rotate(90)]), "a.gif", "image/png"),
    "a WEBP": (WEBP, "a.webp", "image/webp"),
    "a PDF": (PDF, "合同.pdf", "application/pdf"),
    "a PDF behind a mail header": (b"Content-Type: application/pdf\r\n\r\n" + PDF, "合同.pdf", "application/pdf"),
    "a PDF called PNG": (PDF, "合同.png", "application/pdf"),
    "a workbook": (XLSX, "日报.xlsx", samples.XLSX_TYPE),
    "a workbook called CSV": (XLSX, "日报.csv", samples.XLSX_TYPE),
    "a table in GB18030": ("客户,金额\n𠮷野家,12\n".encode("gb18030"), "客户.csv", "text/csv"),
    "a table in UTF-8 with a mark": ("客户,金额\n".encode("utf-8-sig"), "客户.CSV", "text/csv"),
    "a table with formulas": (b"=cmd|' /C calc'!A0,1\n", "客户.csv", "text/csv"),
    "a note": ("记得回访。<重要>".encode(), "说明.txt", "text/plain"),
    "a long text split inside a letter": (b"a" + "客".encode() * 50_000, "说明.txt", "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "name", "refusal"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_sentence_that_helps(body, name, refusal):
    with pytest.raises(FileRefused) as caught:
        accept(BytesIO(body), name)

    assert type(caught.value) is refusal
    assert str(caught.value).endswith("。")
    assert "请" in str(caught.value)
    assert caught.value.status == {EmptyFile: 422, BrokenFile: 422, TooLarge: 413, UnsupportedFile: 415}[refusal]


@pytest.mark.parametrize(("body", "name", "media_type"), TAKEN.values(), ids=TAKEN)
def test_it_is_taken_for_what_it_is(body, name, media_type):
    with accept(BytesIO(body), name) as file:
        stored = file.stream.read()

    assert file.media_type == media_type
    assert file.name.endswith(f".{file.extension}")
    assert file.kind == "image" or stored == body
    assert b"<script" not in stored
    assert file.kind != "image" or b"PK\x03\x04" not in stored


def test_a_heic_photo_is_told_how_to_come_back():
    with pytest.raises(UnsupportedFile, match="请在手机上把照片存成 JPG 再上传"):
        accept(BytesIO(HEIC), "IMG_0001.HEIC")


def test_a_photo_behind_a_page_loses_the_page():
    with accept(BytesIO(photo() + HTML), "a.jpg") as file:
        again = Image.open(file.stream)
        again.load()

    assert again.size == (96, 64)
