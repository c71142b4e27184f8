"""Which factor of a product carried how much of its change: LMDI, additive and without a rest. Source: domain C2."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import log

from .rounding import from_float

Factors = Mapping[str, int | Decimal | Fraction]


def contributions(before: Factors, after: Factors, *, places: int = 2) -> dict[str, Decimal] | None:
    """Each factor's share of G1 − G0, in the unit of the product; None when a factor is not above zero.

    L = (G1 − G0) ÷ (ln G1 − ln G0), or G0 when both are equal; Δx = L × ln(x1 ÷ x0). Source: domain C2, LMDI.
    """
    if before.keys() != after.keys():
        raise ValueError("both sides need the same factors")
    if any(value <= 0 for value in (*before.values(), *after.values())):
        return None
    g0, g1 = _product(before), _product(after)
    mean = g0 if g0 == g1 else (g1 - g0) / (log(g1) - log(g0))
    return {name: from_float(mean * log(float(after[name]) / float(before[name])), places) for name in before}


def _product(factors: Factors) -> float:
    total = 1.0
    for value in factors.values():
        total *= float(value)
    return total
