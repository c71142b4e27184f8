"""XLSX workbooks: kept as they are, after they were unpacked once to see what is inside."""

import os
import zipfile
from functools import partial
from typing import BinaryIO

from siyu_saas.core.files.errors import BrokenFile, FileRefused, TooLarge, UnsupportedFile
from siyu_saas.core.files.formats import MB, XLSX, Checked, Limits
from siyu_saas.core.files.spool import CHUNK_BYTES

ENTRY_SIGNATURE = b"PK\x01\x02"
ENCRYPTED_FLAG = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the only ones in ECMA-376, and they unpack in small steps
CONTENT_TYPES = "[Content_Types].xml"
CONTENT_TYPES_LIMIT_BYTES = 1 * MB
REQUIRED = {CONTENT_TYPES, "xl/workbook.xml"}

BROKEN = "文件已损坏或没有传完整。表格请在 Excel 或 WPS 里重新另存为 XLSX 后再上传。"
MACROS = "表格里有宏，不能上传。请在 Excel 或 WPS 里另存为不含宏的 XLSX 后再上传。"
NOT_A_WORKBOOK = "压缩包和这种办公文档不能上传。请解压后逐个上传，文档请导出为 PDF，表格请另存为 XLSX。"
TOO_LARGE = "表格解开后太大，不像正常的表格。请删去多余的工作表和空白行，另存后再上传。"


def looks_like_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def check_workbook(upload: BinaryIO, limits: Limits) -> Checked:
    """Raises TooLarge before and while unpacking, UnsupportedFile for other ZIPs and macros, or BrokenFile."""
    try:
        _refuse_many_entries(upload, limits)
        with zipfile.ZipFile(upload) as archive:
            _refuse_other_content(archive)
            _refuse_large(archive, upload.seek(0, os.SEEK_END), limits)
            _refuse_macros(archive)
            _unpack(archive, limits)
    except FileRefused:
        raise
    except Exception as error:  # zipfile and zlib raise anything at all on damaged input
        raise BrokenFile(BROKEN) from error
    upload.seek(0)
    return Checked(XLSX, upload)


def _refuse_many_entries(upload: BinaryIO, limits: Limits) -> None:
    """Counts in the raw bytes: opening the archive would already make an object of each entry, a million if asked."""
    found, seam = 0, b""
    upload.seek(0)
    for chunk in iter(partial(upload.read, CHUNK_BYTES), b""):
        found += (seam + chunk).count(ENTRY_SIGNATURE)
        seam = chunk[1 - len(ENTRY_SIGNATURE) :]
    if found > limits.workbook_entries:
        raise TooLarge(TOO_LARGE)


def _refuse_other_content(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unusual = any(entry.flag_bits & ENCRYPTED_FLAG or entry.compress_type not in METHODS for entry in entries)
    if unusual or not {entry.filename for entry in entries} >= REQUIRED:
        raise UnsupportedFile(NOT_A_WORKBOOK)


def _refuse_large(archive: zipfile.ZipFile, size_bytes: int, limits: Limits) -> None:
    """By the declared sizes, against the whole file: entries that overlap to share packed bytes gain nothing."""
    unpacked_bytes = sum(entry.file_size for entry in archive.infolist())
    if unpacked_bytes > min(limits.workbook_unpacked_mb * MB, limits.workbook_ratio * size_bytes):
        raise TooLarge(TOO_LARGE)


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    with archive.open(CONTENT_TYPES) as content_types:
        declared = b"macroenabled" in content_types.read(CONTENT_TYPES_LIMIT_BYTES).lower()
    if declared or any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise UnsupportedFile(MACROS)


def _unpack(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Counts what really comes out, and lets zipfile compare every checksum."""
    left_bytes = limits.workbook_unpacked_mb * MB
    for entry in archive.infolist():
        with archive.open(entry) as packed:
            for chunk in iter(partial(packed.read, CHUNK_BYTES), b""):
                left_bytes -= len(chunk)
                if left_bytes < 0:
                    raise TooLarge(TOO_LARGE)
