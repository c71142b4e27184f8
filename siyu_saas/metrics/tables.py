"""A stored file as a table: rows of texts, one after the other, whatever the file was."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import structlog

from siyu_saas.core.errors import Refusal
from siyu_saas.core.files.formats import XLSX

UNPACKING = Path(__file__).with_name("unpacking.py")
UNPACK_SECONDS = 180
DELIMITERS = ",\t;|"
HEAD_ROWS = 20
SNIFFED_BYTES = 64 * 1024
LONGEST_CELL = 32_768
CHUNK_BYTES = 1 << 20
GUESS = ("utf-8-sig", "gb18030")

csv.field_size_limit(LONGEST_CELL)
log = structlog.get_logger()


class BadTable(Refusal):
    """It is a file of the right kind, but no table can be read from it."""


TOO_BIG = "表格太大或太散，读不出来。请只保留要导入的那一张表，删去空白的行和列，另存后再上传。"
QUOTES = "第 {row} 行附近的引号没有成对，文件可能没有传完整。请在 Excel 或 WPS 里另存为 XLSX 再上传。"


@dataclass(frozen=True)
class Table:
    """A CSV on the disk and how it is read. `sheet`, `others`: which sheet of the workbook it was, and those beside it."""

    path: Path
    encoding: str
    delimiter: str
    sheet: str = ""
    others: Sequence[str] = ()

    def rows(self) -> Iterator[list[str]]:
        """Raises BadTable where the file breaks off inside of quotes."""
        with self.path.open(encoding=self.encoding, newline="", buffering=CHUNK_BYTES) as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            try:
                yield from reader
            except csv.Error as error:
                raise BadTable(QUOTES.format(row=reader.line_num)) from error

    def head(self) -> list[list[str]]:
        return list(islice(self.rows(), HEAD_ROWS))

    def numbered(self, first_row: int) -> Iterator[tuple[int, list[str]]]:
        """Rows from `first_row` (counted from 0) on, with the numbers that a spreadsheet shows."""
        return islice(enumerate(self.rows(), 1), first_row, None)


@contextmanager
def opened(content: BinaryIO, extension: str) -> Iterator[Table]:
    """The file as a table, for as long as it is looked at; nothing of it stays on this machine."""
    with tempfile.TemporaryDirectory(prefix="siyu-table-") as folder:
        original = Path(folder, "original")
        with original.open("wb") as file:
            shutil.copyfileobj(content, file, CHUNK_BYTES)
        if extension == XLSX.extension:
            yield _unpacked(original, Path(folder, "table.csv"))
        else:
            yield Table(original, encoding := _encoding(original), _delimiter(original, encoding))


def _unpacked(workbook: Path, target: Path) -> Table:
    command = [sys.executable, "-I", str(UNPACKING), str(workbook), str(target)]
    try:
        run = subprocess.run(command, capture_output=True, timeout=UNPACK_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadTable(TOO_BIG) from error
    if run.returncode != 0:
        log.warning("workbook not unpacked", status=run.returncode, said=run.stderr[-500:].decode(errors="replace"))
        raise BadTable(TOO_BIG)
    return Table(target, "utf-8", ",", **json.loads(run.stdout))


def _encoding(path: Path) -> str:
    for encoding in GUESS:
        with path.open(encoding=encoding, newline="", buffering=CHUNK_BYTES) as file:
            try:
                while file.read(CHUNK_BYTES):
                    pass
            except UnicodeDecodeError:
                continue
        return encoding
    raise BadTable("读不出这个文件里的文字。请另存为 XLSX 或「CSV UTF-8」再上传。")


def _delimiter(path: Path, encoding: str) -> str:
    """The sign that splits the first lines into the most columns, and into the same number of them."""
    with path.open(encoding=encoding, newline="") as file:
        text = file.read(SNIFFED_BYTES)
    lines = [line for line in text.splitlines()[:HEAD_ROWS] if line.strip()]
    return max(DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)]
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(usual) * (usual > 1), usual)
