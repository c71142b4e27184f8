"""A target's value as a whole number of its smallest step: hundredths of a percent, fen, people, groups."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.metrics.rules.rounding import Exact, rounded
from siyu_saas.web.filters.numbers import MISSING
from siyu_saas.web.filters.numbers import rounded as written

STEPS = {Unit.SHARE: 10_000, Unit.FEN: 1}
"""Steps in one of what a reading's figure counts: a share of one has 10,000, an amount of fen is whole already."""

TYPED = {Unit.SHARE: 100, Unit.FEN: 100}
"""Steps in one of what people type and read: percent, yuan; everything else is whole."""


def from_figure(unit: Unit, figure: Exact | None) -> int | None:
    """A reading's figure in steps."""
    return None if figure is None else int(rounded(Fraction(figure) * STEPS.get(unit, 1)))


def from_typed(unit: Unit, typed: Decimal) -> int:
    """「12」 percent, 「10000」 yuan, 「2000」 people. Raises ValueError when finer than a step."""
    steps = typed * TYPED.get(unit, 1)
    if steps != steps.to_integral_value():
        raise ValueError("最多两位小数" if unit in TYPED else "要填整数")
    return int(steps)


def typed(unit: Unit, steps: int | None) -> Decimal | None:
    """As it stands in an input: without trailing zeros, never in exponents."""
    if steps is None:
        return None
    value = Decimal(steps) / TYPED.get(unit, 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def amount_text(unit: Unit, steps: int | None) -> str:
    """「12%」, 「12.3%」, 「10,000 元」, 「13,980.80 元」, 「2,000 人」."""
    if steps is None:
        return MISSING
    value = Decimal(steps) / TYPED.get(unit, 1)
    places = max(0, -value.normalize().as_tuple().exponent) if value else 0
    number = written(value, 2 if places and unit is Unit.FEN else min(places, 2))
    return f"{number}%" if unit is Unit.SHARE else f"{number} {unit.title}"


def whole_step(unit: Unit) -> int:
    """What suggestions are rounded to: whole percents, whole yuan, whole things. Source: domain D3."""
    return TYPED.get(unit, 1)


def to_whole(unit: Unit, value: Exact) -> int:
    step = whole_step(unit)
    return int(rounded(Fraction(value) / step)) * step
