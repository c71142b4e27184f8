"""What can be printed. Each room registers its kind beside its own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


def no_figures(_data: Mapping[str, Any]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`template` extends `papers/base.html` and reads `data` and `figures` only.

    `figures` draws the charts of a paper from its data (with the palette `charts.PDF`); whoever has `permission` may
    fetch the file.
    """

    key: str
    title: str
    template: str
    figures: Callable[[Mapping[str, Any]], Mapping[str, Any]] = no_figures
    permission: str = "paper.see"


PAPERS: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    PAPERS[kind.key] = kind
    return kind
