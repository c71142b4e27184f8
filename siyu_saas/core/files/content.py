"""An upload is judged by its content; its name is only shown."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from typing import BinaryIO, Self

from siyu_saas.core.files.errors import EmptyFile, UnsupportedFile
from siyu_saas.core.files.formats import LIMITS, MB, Checked, Kind, Limits
from siyu_saas.core.files.names import suffix_of, tidy_name, with_extension
from siyu_saas.core.files.pdfs import check_pdf, looks_like_pdf
from siyu_saas.core.files.spool import read_head, spooled
from siyu_saas.core.files.texts import TEXT_FORMATS, check_text
from siyu_saas.core.files.workbooks import check_workbook, looks_like_zip

OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

EMPTY = "文件是空的，请检查后重新上传。"
HEIC = "暂时读不了 HEIC 照片。请在手机上把照片存成 JPG 再上传。"
OLD_OFFICE = "旧版或加密的 Office 文件不能上传。表格请另存为不加密的 XLSX，文档请导出为 PDF。"
UNSUPPORTED = "这种文件不能上传。请换成 JPG、PNG、WEBP、GIF 图片，或 PDF、XLSX、CSV、TXT 文件。"


@dataclass(frozen=True)
class Accepted:
    """A file fit to be stored. Closing it, or leaving its `with` block, frees the bytes."""

    name: str
    media_type: str
    extension: str
    kind: Kind
    stream: BinaryIO
    size_bytes: int
    sha256: str
    width_px: int | None = None
    height_px: int | None = None

    def close(self) -> None:
        self.stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def accept(stream: BinaryIO, name: str | None, *, limits: Limits = LIMITS) -> Accepted:
    """Reads the upload from where it stands and answers with what to store: a seekable stream at position 0.

    Pictures are drawn anew, other files are kept byte for byte; `sha256` (hex) and `size_bytes` are of what is stored.
    `name` is shown to people and never a path: at most 120 code points, with our extension.
    Raises EmptyFile, TooLarge, UnsupportedFile or BrokenFile, and StorageFull without room for temporary files.
    """
    head = read_head(stream)
    if not head:
        raise EmptyFile(EMPTY)
    tidy = tidy_name(name)
    check = _check_for(head, suffix_of(tidy))
    upload = spooled(head, stream, **_size_limit(check, limits))
    try:
        checked = check(upload, limits)
    except BaseException:
        upload.close()
        raise
    if checked.stream is not upload:
        upload.close()
    return _accepted(checked, tidy)


def looks_like_image(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return webp or head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"))


def check_image(upload: BinaryIO, limits: Limits) -> Checked:
    """Pillow is loaded for the first picture."""
    from siyu_saas.core.files.images import redrawn

    return redrawn(upload, limits)


def _check_for(head: bytes, suffix: str) -> Callable[[BinaryIO, Limits], Checked]:
    if looks_like_image(head):
        return check_image
    if looks_like_pdf(head):
        return check_pdf
    if looks_like_zip(head):
        return check_workbook
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise UnsupportedFile(HEIC)
    if head.startswith(OLD_OFFICE_START):
        raise UnsupportedFile(OLD_OFFICE)
    if suffix in TEXT_FORMATS:
        return partial(check_text, suffix=suffix)
    raise UnsupportedFile(UNSUPPORTED)


def _size_limit(check: Callable, limits: Limits) -> dict:
    if check is check_image:
        return {
            "limit_bytes": limits.image_mb * MB,
            "too_large": f"图片超过 {limits.image_mb} MB，请压缩或缩小尺寸后再上传。",
        }
    return {
        "limit_bytes": limits.file_mb * MB,
        "too_large": f"文件超过 {limits.file_mb} MB，请拆成几个小文件后再上传。",
    }


def _accepted(checked: Checked, tidy: str) -> Accepted:
    stream, form = checked.stream, checked.format
    sha256 = file_digest(stream, "sha256").hexdigest()
    size_bytes = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return Accepted(
        name=with_extension(tidy, form.extension),
        media_type=form.media_type,
        extension=form.extension,
        kind=form.kind,
        stream=stream,
        size_bytes=size_bytes,
        sha256=sha256,
        width_px=checked.width_px,
        height_px=checked.height_px,
    )
