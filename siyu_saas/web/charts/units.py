"""What an amount in a chart counts, and how it is written on an axis, beside a mark and in a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from siyu_saas.web.filters.numbers import MISSING, WAN_FROM, Scale, rounded, scale_of, signed

Amount = int | float | Decimal
"""What a chart draws. None stands for a value that is missing; so do NaN and infinity."""

SMALL = WAN_FROM - 1
"""Below it no rounding reaches 万."""

DRAWN_LIMIT = 1e15
"""Amounts beyond it are drawn as if they were this large; their labels stay true."""


def drawn(value: Amount | None) -> float | None:
    """The float that geometry works with, or None for what cannot be drawn."""
    try:
        return _drawn(value)
    except TypeError:  # a signaling NaN has no hash
        return None


@lru_cache(8192)
def _drawn(value: Amount | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return max(-DRAWN_LIMIT, min(DRAWN_LIMIT, number)) if isfinite(number) else None


@dataclass(frozen=True)
class Unit:
    """`name` follows the number (人, 元, %); `decimals` are shown while the number is below 100,000."""

    name: str = ""
    decimals: int = 0

    def text(self, value: Amount | None) -> str:
        """With its unit, for tables and sentences: 「12,860 人」, 「15.1%」, 「52.7 万元」."""
        if drawn(value) is None:
            return MISSING
        scale = self.scale([value])
        return self.bare(value, scale) + self._after(scale)

    def bare(self, value: Amount | None, scale: Scale) -> str:
        """The number alone, in the scale of its axis."""
        if drawn(value) is None:
            return MISSING
        amount = exact(value)
        return rounded(amount if scale.divisor == 1 else amount / scale.divisor, scale.decimals)

    def label(self, value: Amount | None, scale: Scale) -> str:
        """Beside a mark: the number in the scale of its axis, with a percent sign if it is a rate."""
        number = self.bare(value, scale)
        return number + "%" if self.is_rate and number != MISSING else number

    def difference(self, now: Amount | None, before: Amount | None) -> str:
        """「+1.8 百分点」, 「+4,620 人」."""
        if drawn(now) is None or drawn(before) is None:
            return MISSING
        return self.signed_text(exact(now) - exact(before))

    def signed_text(self, value: Amount | None) -> str:
        if drawn(value) is None:
            return MISSING
        scale = self.scale([value])
        unit = " 百分点" if self.is_rate else self._after(scale)
        return signed(exact(value) / scale.divisor, scale.decimals) + unit

    def scale(self, values: Iterable[Amount | None]) -> Scale:
        """The scale that all `values` share; rates have none."""
        plain = Scale("", 1, self.decimals)
        values = list(values)
        if self.is_rate or all(abs(drawn(value) or 0) < SMALL for value in values):
            return plain
        shared = scale_of(exact(value) for value in values if drawn(value) is not None)
        return shared if shared.name else plain

    def caption(self, scale: Scale) -> str:
        """What stands above an axis: 「万元」; rates carry their sign with each number instead."""
        return "" if self.is_rate else scale.name + self.name

    @property
    def is_rate(self) -> bool:
        return self.name == "%"

    def _after(self, scale: Scale) -> str:
        return "%" if self.is_rate else f" {scale.name}{self.name}".rstrip()


def exact(value: Amount) -> Decimal:
    """The shortest decimal that a float stands for."""
    if isinstance(value, Decimal):
        return value
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


COUNT = Unit()
PEOPLE = Unit("人")
YUAN = Unit("元")
PERCENT = Unit("%", 1)
SCORE = Unit("分")
