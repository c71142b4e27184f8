"""Where a table begins: titles above it are passed over, a header of two rows is read as one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .cells import BadCell, count_of, day_of
from .presets import PRESETS, guess, normal

LOOKED_AT = 15
MOST_COLUMNS = 500
ANY_DAY = date(2100, 1, 1)


@dataclass(frozen=True)
class Header:
    """`names` by column; `first_row` is the first row of data, counted from 0."""

    names: tuple[str, ...]
    first_row: int

    @property
    def layout(self) -> str:
        return hashlib.sha256("\x1f".join(map(normal, self.names)).encode()).hexdigest()


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """`rows` are the first ones of the table. Without any known name, the first row that has several texts."""
    candidates = [
        (known, -at, Header(names, after))
        for at in range(min(len(rows), LOOKED_AT))
        for names, after in _headers_at(rows, at)
        if (known := _known(names)) > 0
    ]
    if candidates:
        return max(candidates, key=lambda one: one[:2])[2]
    at = next((at for at, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    return Header(_tidy(rows[at]) if rows else (), at + 1)


def _headers_at(rows: Sequence[Sequence[str]], at: int):
    yield _tidy(rows[at]), at + 1
    if at + 1 < len(rows) and not any(map(_is_data, rows[at + 1])):
        yield _joined(rows[at], rows[at + 1]), at + 2


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """The lower name where there is one; a name that stands twice gets the upper one in front."""
    width = max(len(upper), len(lower))
    above, names, last = [], [], ""
    for at in range(width):
        last = upper[at].strip() if at < len(upper) and upper[at].strip() else last
        above.append(last)
    for at in range(width):
        own = lower[at].strip() if at < len(lower) else ""
        names.append(own or (upper[at].strip() if at < len(upper) else ""))
    return _tidy([f"{above[at]}{name}" if name and names.count(name) > 1 else name for at, name in enumerate(names)])


def _tidy(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split())[:60] for cell in row[:MOST_COLUMNS])


def _known(names: Sequence[str]) -> int:
    return max(len(guess(names, preset)) for preset in PRESETS.values())


def _is_data(cell: str) -> bool:
    for read in (lambda text: day_of(text, ANY_DAY), count_of):
        try:
            return bool(cell.strip()) and read(cell) is not None
        except BadCell:
            continue
    return False
