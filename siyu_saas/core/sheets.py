"""Tables for spreadsheets: CSV and XLSX in which nothing that people typed becomes a formula. Source: security row 17."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

ALIVE = frozenset("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


def safe_cell(value: object) -> object:
    """Numbers stay numbers; a text that a spreadsheet would calculate gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ALIVE else value


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return as_workbook([(title, head, rows)])


def as_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """`sheets`: title, head and rows of each; the first row of a sheet stands still while scrolling."""
    import xlsxwriter

    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, {"constant_memory": True, **plain}) as book:
        bold = book.add_format({"bold": True})
        for title, head, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(head) - 1, 18)
            sheet.write_row(0, 0, head, bold)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, [safe_cell(value) for value in row])
    return content.getvalue()
