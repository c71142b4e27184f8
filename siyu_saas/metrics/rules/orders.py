"""The middle and the largest of single orders, beside the mean that one large order can bend. Source: domain G3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.web.filters.numbers import MISSING, rounded

MEAN = "aov_buyer"
NO_ORDERS = "没有导入订单明细，中位数和最大单未采集"


@dataclass(frozen=True)
class Sizes:
    count: int
    median_fen: Fraction
    largest_fen: int

    @property
    def median(self) -> str:
        return f"{rounded(self.median_fen / 100, 2)} 元"

    @property
    def largest(self) -> str:
        return f"{rounded(Fraction(self.largest_fen, 100), 2)} 元"


def rows_of(sizes: Sequence[Sizes | None]) -> tuple[tuple[str, ...], ...]:
    """Name, then what each window came to."""
    return (
        ("中位数", *(one.median if one else MISSING for one in sizes)),
        ("最大单", *(one.largest if one else MISSING for one in sizes)),
        ("单数", *(f"{one.count:,} 单" if one else "0 单" for one in sizes)),
    )
