"""Counts, rates and sizes as text: one unit per row, halves rounded up, a dash for what is not known."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

MISSING = "—"

Exact = int | Decimal | Fraction
"""What a reader's figure may be made of; a float has already lost the last digit."""


class Scale(NamedTuple):
    """The unit that a row or an axis shares: its word, what it divides by, and its decimals."""

    name: str
    divisor: int
    decimals: int


ONE = Scale("", 1, 0)
WAN = Scale("万", 10_000, 1)
YI = Scale("亿", 100_000_000, 2)

WIDE, ZERO = Context(prec=400), Decimal(0)
EXPONENTS = [Decimal(1).scaleb(-decimals) for decimals in range(8)]
WAN_FROM = 100_000
YI_FROM = 100_000_000


def count(value: Exact | None) -> str:
    """「12,860」; fractions are rounded to whole things."""
    return MISSING if value is None else rounded(value, 0)


def places(value: Exact | None, decimals: int) -> str:
    """「13.4」 with exactly so many places, where the precision is part of what is said."""
    return MISSING if value is None else rounded(value, decimals)


def wan(value: Exact | None, unit: str = "", *, scale: Scale | None = None) -> str:
    """「12,860 人」, 「52.7 万元」, 「1.20 亿元」. Give `scale` (from `scale_of`) to keep one unit through a row."""
    if value is None:
        return MISSING
    scale = scale or scale_of([value])
    number = rounded(_decimal(value) / scale.divisor, scale.decimals)
    return f"{number} {scale.name}{unit}".rstrip()


def scale_of(values: Iterable[Exact | None]) -> Scale:
    """The one scale for all `values`, by the largest of them.

    Chosen after rounding, so that 99,999,999 is 1.00 亿 and never 10,000.0 万.
    """
    largest = max((abs(_decimal(value)) for value in values if value is not None), default=Decimal(0))
    if _quantized(largest / WAN.divisor, WAN.decimals) * WAN.divisor >= YI_FROM:
        return YI
    if _quantized(largest, 0) >= WAN_FROM:
        return WAN
    return ONE


def percent(numerator: int | None, denominator: int | None) -> str:
    """「15.1%」; a rate without a base is not known, not zero."""
    if numerator is None or not denominator:
        return MISSING
    return rounded(Fraction(numerator * 100, denominator), 1) + "%"


def points(now: Exact | None, before: Exact | None, *, table: bool = False) -> str:
    """「+1.8 百分点」 between two rates given as fractions of one (0.049 and 0.031); 「+1.8 pp」 in a table."""
    if now is None or before is None:
        return MISSING
    return f"{signed((_decimal(now) - _decimal(before)) * 100, 1)} {'pp' if table else '百分点'}"


def change(now: Exact | None, before: Exact | None) -> str:
    """「+56%」 against `before`; not known when that is missing, zero or below (a ratio would mislead)."""
    if now is None or before is None or before <= 0:
        return MISSING
    now, before = _decimal(now), _decimal(before)
    return signed((now - before) / before * 100, 0) + "%"


def byte_size(size: int | None) -> str:
    """「1.2 MB」, in steps of 1,024 as phones and Windows count."""
    if size is None:
        return MISSING
    if size < 1024:
        return f"{size:,} B"
    amount = Decimal(size)
    for unit in ("KB", "MB", "GB", "TB"):
        amount /= 1024
        if _quantized(amount, 1) < 1024 or unit == "TB":
            break
    return f"{rounded(amount, 1)} {unit}"


def rounded(value: Exact, decimals: int) -> str:
    """With thousands separators and exactly `decimals` places; never 「-0」."""
    return f"{_quantized(_decimal(value), decimals):,f}"


def signed(value: Exact, decimals: int) -> str:
    """As `rounded`, with a plus on what is above zero after rounding."""
    text = rounded(value, decimals)
    return f"+{text}" if _quantized(_decimal(value), decimals) > 0 else text


def _quantized(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(EXPONENTS[decimals], ROUND_HALF_UP, WIDE) + ZERO


def _decimal(value: Exact) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        raise TypeError("a float cannot be shown exactly; pass an int, a Decimal or a Fraction")
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return Decimal(value)
