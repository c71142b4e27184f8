"""Halves away from zero, as domain C0 asks for; only what is shown is rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction
_WIDE = Context(prec=400)


def rounded(value: Exact, places: int = 0) -> Decimal:
    """An exact number with `places` decimals, ROUND_HALF_UP. Source: domain C0."""
    if isinstance(value, Fraction):
        scaled = value * 10**places
        whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if scaled >= 0 else -whole).scaleb(-places, _WIDE)
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def from_float(value: float, places: int) -> Decimal:
    """What a square root or a logarithm gave, as it is shown."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
