"""How often customers buy: T and A of a file of orders, or as somebody chose them. Source: domain C2, calc_rfm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .reading.cells import BadCell, fen_of
from .rfm import Cuts

FEW_INTERVALS = 30
USUAL_INTERVAL_DAYS = 30


@dataclass(frozen=True)
class Rhythm:
    """Intervals between two days with an order, in days: how many of each length."""

    intervals: Mapping[int, int]
    customers: int
    buying_days: int
    fen: int

    @property
    def count(self) -> int:
        return sum(self.intervals.values())

    @property
    def mean_days(self) -> Fraction | None:
        if not self.count:
            return None
        return Fraction(sum(days * count for days, count in self.intervals.items()), self.count)

    @property
    def median_days(self) -> Fraction | None:
        lengths = sorted(self.intervals)
        if not lengths:
            return None
        middle = {(self.count - 1) // 2, self.count // 2}
        found, passed = [], 0
        for days in lengths:
            passed_then, passed = passed, passed + self.intervals[days]
            found += [days for at in middle if passed_then <= at < passed]
        return Fraction(sum(found), len(found))

    @property
    def order_fen(self) -> Fraction:
        """Money by buyer and day."""
        return Fraction(self.fen, self.buying_days)

    @property
    def is_small(self) -> bool:
        return self.count < FEW_INTERVALS

    def cuts(self, interval_days: Fraction | None = None, order_fen: Fraction | None = None) -> Cuts:
        """Of the file, unless somebody chose otherwise; without any second order the usual month."""
        return Cuts(interval_days or self.mean_days or Fraction(USUAL_INTERVAL_DAYS), order_fen or self.order_fen)


@dataclass(frozen=True, slots=True)
class Chosen:
    """T in days and A in fen as somebody typed them; what is empty or wrong is taken from the orders."""

    interval_days: Fraction | None
    order_fen: Fraction | None
    wrong: tuple[str, ...] = ()


def chosen(interval: str, order: str) -> Chosen:
    """`interval` in days and `order` in yuan, as typed."""
    values, wrong = [], []
    for text, title in ((interval.strip(), "平均复购间隔"), (order.strip(), "客单价")):
        try:
            hundredths = fen_of(text) if text else None
        except BadCell as error:
            hundredths = None
            wrong.append(f"{title}：{error}")
        if hundredths is not None and hundredths <= 0:
            hundredths = None
            wrong.append(f"{title}：要大于 0")
        values.append(hundredths)
    days, fen = values
    return Chosen(days and Fraction(days, 100), fen and Fraction(fen), tuple(wrong))
