"""Targets without a number as rows for the board, the boss's page and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siyu_saas.targets.models import Quality, QualityMark
from siyu_saas.targets.rules.qualities import PILLS, STEPS, View, view_of
from siyu_saas.tenants.rules import Side


@dataclass(frozen=True)
class Cell:
    """What one side said last."""

    side: Side
    pill: str
    word: str
    said: str
    name: str


@dataclass(frozen=True)
class QualityRow:
    quality: Quality
    cells: tuple[Cell, Cell]
    view: View
    marks: list[QualityMark]


def quality_rows(found: Sequence[tuple[Quality, list[QualityMark]]]) -> list[QualityRow]:
    rows = []
    for quality, marks in found:
        view = view_of(marks)
        cells = (_cell(Side.MERCHANT, view.merchant), _cell(Side.FIRM, view.firm))
        rows.append(QualityRow(quality, cells, view, list(reversed(marks))))
    return rows


def plain_quality(row: QualityRow) -> dict[str, str]:
    merchant, firm = (f"{cell.word}{f'：{cell.said}' if cell.said else ''}" for cell in row.cells)
    return {"title": row.quality.title, "good": row.quality.good, "merchant": merchant, "firm": firm}


def _cell(side: Side, mark: QualityMark | None) -> Cell:
    if mark is None:
        return Cell(side, "none", "还没说", "", "")
    return Cell(side, PILLS[mark.step], f"{mark.step} · {STEPS[mark.step]}", mark.words, mark.given_by_name)
