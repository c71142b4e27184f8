"""Tables and notes as plain text: UTF-8 or GB18030, as Excel, WPS and phones write them."""

import codecs
import re
from functools import partial
from typing import BinaryIO

from siyu_saas.core.files.errors import EmptyFile, UnsupportedFile
from siyu_saas.core.files.formats import CSV, TXT, Checked, Limits
from siyu_saas.core.files.markup import holds_markup
from siyu_saas.core.files.spool import CHUNK_BYTES, HEAD_BYTES

TEXT_FORMATS = {"csv": CSV, "txt": TXT}
ENCODINGS = ("utf-8", "gb18030")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")

UNREADABLE = "读不出这个文件里的文字。请在 Excel 或 WPS 里另存为 XLSX 或「CSV UTF-8」，文本请存成 UTF-8，再上传。"


def check_text(upload: BinaryIO, limits: Limits, *, suffix: str) -> Checked:
    """Raises UnsupportedFile for other encodings, control characters and markup; EmptyFile for white space only.

    Text has no signature, so its name decides between table and note.
    """
    head = upload.read(HEAD_BYTES)
    if holds_markup(head) or head.startswith(b"#!"):
        raise UnsupportedFile("这是网页、图形代码或脚本，不能上传。请截图，或导出为 PDF 后再上传。")
    if not any(_is_text(upload, encoding) for encoding in ENCODINGS):
        raise UnsupportedFile(UNREADABLE)
    upload.seek(0)
    if not any(chunk.removeprefix(codecs.BOM_UTF8).strip() for chunk in _chunks(upload)):
        raise EmptyFile("文件里没有内容，请检查后重新上传。")
    upload.seek(0)
    return Checked(TEXT_FORMATS[suffix], upload)


def _is_text(upload: BinaryIO, encoding: str) -> bool:
    upload.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        readable = not any(_CONTROL.search(decoder.decode(chunk)) for chunk in _chunks(upload))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return readable


def _chunks(upload: BinaryIO):
    return iter(partial(upload.read, CHUNK_BYTES), b"")
