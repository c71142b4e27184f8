"""PDF files: kept as they are, when they are whole and nothing else at the same time."""

import os
import zipfile
from typing import BinaryIO

from siyu_saas.core.files.errors import BrokenFile, UnsupportedFile
from siyu_saas.core.files.formats import PDF, Checked, Limits
from siyu_saas.core.files.markup import holds_markup
from siyu_saas.core.files.spool import HEAD_BYTES

TAIL_BYTES = 1024  # where readers look for the end mark (ISO 32000-1, Adobe implementation note 18)
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")


def looks_like_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:HEAD_BYTES]


def check_pdf(upload: BinaryIO, limits: Limits) -> Checked:
    """Raises UnsupportedFile when it is also a page, a program or a ZIP; BrokenFile when its end is missing."""
    head = upload.read(HEAD_BYTES)
    if holds_markup(head) or head.startswith(PROGRAM_STARTS) or zipfile.is_zipfile(upload):
        raise UnsupportedFile("这个 PDF 里混有其他文件的内容，不能上传。请重新导出或打印为 PDF 后再上传。")
    if b"%%EOF" not in _tail(upload):
        raise BrokenFile("PDF 已损坏或没有传完整，请重新导出后再上传。")
    upload.seek(0)
    return Checked(PDF, upload)


def _tail(upload: BinaryIO) -> bytes:
    size_bytes = upload.seek(0, os.SEEK_END)
    upload.seek(max(0, size_bytes - TAIL_BYTES))
    return upload.read(TAIL_BYTES)
