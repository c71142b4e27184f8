"""What exactly is printed: the digest of the frozen data, contents found in the page, tables cut to what paper bears."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

SNAPSHOT_LENGTH = 12
ROWS_ON_PAPER = 1_000
ALIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MISSING_GLYPH = "〓"
CONTENTS_MARK = "<!--contents-->"
CONTENTS = re.compile(f'<nav class="contents"(?:(?!</nav>).)*{CONTENTS_MARK}</nav>', re.DOTALL)
FEWEST_ENTRIES = 4
HEADING = re.compile(r'<h([12]) id="([\w-]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
DISCOURAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
IGNORABLE = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of a table that are printed, and how many are not."""

    rows: Sequence[Sequence[Any]]
    left: int


def digest(kind: str, title: str, edition: str, data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON. Raises TypeError for what is no JSON, ValueError for NaN and infinities."""
    frozen = {"kind": kind, "title": title, "edition": edition, "data": data}
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def snapshot(sha256: str) -> str:
    """The digest's beginning, short enough for a footer."""
    return sha256[:SNAPSHOT_LENGTH]


def cut(rows: Sequence[Sequence[Any]]) -> Cut:
    return Cut(rows[:ROWS_ON_PAPER], max(len(rows) - ROWS_ON_PAPER, 0))


def attachments_of(data: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """(name, content) of those tables in `data["appendix"]` that are cut on paper, whole, as CSV that Excel opens."""
    return [
        (f"{table['title']}.csv", as_csv(table["head"], table["rows"]))
        for table in data.get("appendix", ())
        if len(table["rows"]) > ROWS_ON_PAPER
    ]


def as_csv(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bytes:
    """A cell that a spreadsheet would take for a formula is told to be text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    titles = [cell["text"] if isinstance(cell, Mapping) else cell for cell in head]
    writer.writerows([[_harmless(cell) for cell in row] for row in (titles, *rows)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def with_contents(page: str) -> str:
    """Puts a table of contents where the mark stands: every h1 and h2 with an id. So few that they fit on one page need
    none."""
    if CONTENTS_MARK not in page:
        return page
    headings = HEADING.findall(page)
    if len(headings) < FEWEST_ENTRIES:
        return CONTENTS.sub("", page, 1)
    entries = "".join(
        f'<li class="level-{level}"><a href="#{anchor}">{Markup(TAG.sub(" ", words)).strip()}</a></li>'
        for level, anchor, words in headings
    )
    return page.replace(CONTENTS_MARK, f"<ol>{entries}</ol>", 1)


def printable(page: str, covered: Callable[[str], bool]) -> str:
    """Every character that no bundled font has becomes 〓, the printers' sign for a missing type."""
    page = DISCOURAGED.sub("", page)
    missing = {one for one in set(page) if one not in IGNORABLE and not covered(one)}
    return page.translate({ord(one): MISSING_GLYPH for one in missing}) if missing else page


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ALIVE) and not _is_number(cell) else cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-−]?[\d,.]+%?", text) is not None
