"""Workbooks on their way out: every text stays a text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

SPOOL_BYTES = 4 * 1024 * 1024
WIDTH = 14


def workbook_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> BinaryIO:
    """`sheets`: name, head and rows of each. Numbers and days are real ones; a text is never a formula or a link."""
    import xlsxwriter  # a web process that exports nothing does without it

    target = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - lives on in the answer
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {**options, "constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold = book.add_format({"bold": True})
        for name, head, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(head), WIDTH)
            sheet.freeze_panes(1, 1)
            sheet.write_row(0, 0, head, bold)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, at, column, value)
    target.seek(0)
    return target


def _write(sheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))
