"""Makes a CSV of a workbook's first filled sheet, as a program of its own with caps on memory and time.

It runs by its path with nothing of the house imported: `python unpacking.py workbook.xlsx table.csv`. Formulas come as
the values they had; merged texts and days stand in each of their cells, merged numbers only once.
"""

import csv
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta

MEMORY_BYTES = 600 * 1024 * 1024
CPU_SECONDS = 120
MOST_CELLS = 20_000_000
MOST_MERGED = 20_000
MERGED_SIZE = 5_000
CHUNK_BYTES = 1 << 20
OVERLAP_BYTES = 64
REFUSED = 3

_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")


def main(source: str, target: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    if _spreads_too_far(source):
        return REFUSED
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(source) as workbook:
        names = workbook.sheet_names
        for at, name in enumerate(names):
            sheet = workbook.get_sheet_by_index(at)
            if sheet.height:
                _write(sheet, target)
                json.dump({"sheet": name, "others": [one for one in names if one != name]}, sys.stdout)
                return 0
    return REFUSED


def _spreads_too_far(source: str) -> bool:
    """A cell at the far corner makes the reader reserve a rectangle up to it."""
    with zipfile.ZipFile(source) as archive:
        for entry in archive.infolist():
            if "/worksheets/" in f"/{entry.filename.lower()}":
                with archive.open(entry) as sheet:
                    if _rectangle(sheet) > MOST_CELLS:
                        return True
    return False


def _rectangle(sheet) -> int:
    widest = last = 1
    seam = b""
    while chunk := sheet.read(CHUNK_BYTES):
        for letters, row in _CELL.findall(seam + chunk):
            last = max(last, int(row))
            widest = max(widest, _number(letters))
        seam = chunk[-OVERLAP_BYTES:]
    return widest * last


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _write(sheet, target: str) -> None:
    row_0, column_0 = sheet.start or (0, 0)
    fill, waiting = _merged(sheet, row_0), {}
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for _row in range(row_0):
            writer.writerow([])
        for at, row in enumerate(sheet.iter_rows()):
            for column, until, width in fill.get(at, ()):
                text = row[column - column_0] if 0 <= column - column_0 < len(row) else ""
                if text and not isinstance(text, int | float):
                    waiting.update(dict.fromkeys(range(column, column + width), (until, text)))
            for column, (until, text) in list(waiting.items()):
                if at > until:
                    del waiting[column]
                elif column - column_0 < len(row):
                    row[column - column_0] = text
            writer.writerow([*[""] * column_0, *map(_text, row)])


def _merged(sheet, row_0: int) -> dict[int, list[tuple[int, int, int]]]:
    """By first row: (first column, last row, width)."""
    starts: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MOST_MERGED]:
        if (bottom - top + 1) * (right - left + 1) <= MERGED_SIZE:
            starts.setdefault(top - row_0, []).append((left, bottom - row_0, right - left + 1))
    return starts


def _text(value) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return str(value).replace("\x00", "")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
