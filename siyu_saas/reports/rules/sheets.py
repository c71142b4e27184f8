"""A report's tables as sheets of a workbook, worded as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Sheet = tuple[str, list[str], list[list[str]]]
LONGEST_NAME = 28
FORBIDDEN = str.maketrans("[]:*?/\\", "_______")


def sheets_of(data: Mapping[str, Any]) -> Iterator[Sheet]:
    """(name, head, rows) of each table, the sections' first, then the appendix."""
    for place, section in enumerate(data["sections"], 1):
        tables = [block for block in section["blocks"] if block["kind"] == "table"]
        for number, table in enumerate(tables, 1):
            name = f"{place}{f'-{number}' if len(tables) > 1 else ''} {section['title']}"
            yield _named(name), list(table["head"]), table["rows"]
    for number, table in enumerate(data["appendix"] if _has_appendix(data) else (), 1):
        head = [cell["text"] if isinstance(cell, Mapping) else cell for cell in table["head"]]
        yield _named(f"附录{number} {table['title']}"), head, table["rows"]


def _has_appendix(data: Mapping[str, Any]) -> bool:
    return any(section["key"] == "appendix" for section in data["sections"])


def _named(name: str) -> str:
    return name.translate(FORBIDDEN)[:LONGEST_NAME]
