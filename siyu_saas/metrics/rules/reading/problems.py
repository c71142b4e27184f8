"""What is wrong in a table, by row and column, and what only looks odd."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as the spreadsheet does, from 1; `column` is the column's name there."""

    row: int
    column: str
    sentence: str


@dataclass
class Problems:
    """The first KEPT of them, and how many there are in all. `skipped`: rows that do not count, by reason."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    bad_rows: int = 0
    skipped: Counter = field(default_factory=Counter)

    def add(self, row: int, column: str, sentence: str) -> None:
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(Problem(row, column, sentence))


def column_letter(at: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
