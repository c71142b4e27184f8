"""A straight axis: where an amount lies in pixels, which round amounts are marked, and how they are written."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from siyu_saas.web.charts.units import Amount, Unit, drawn, exact
from siyu_saas.web.filters.numbers import Scale

ROUND_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """`ticks` are amounts, evenly apart; the first lies at pixel `start`, the last at `end`."""

    ticks: tuple[float, ...]
    unit: Unit
    scale: Scale
    start: float = 0.0
    end: float = 1.0

    def placed(self, start: float, end: float) -> "Axis":
        return Axis(self.ticks, self.unit, self.scale, start, end)

    def at(self, value: float) -> float:
        """The pixel of an amount; what lies outside is held at the edge."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (value - low) / (high - low)
        return self.start + max(0.0, min(1.0, share)) * (self.end - self.start)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._label(tick) for tick in self.ticks)

    @property
    def caption(self) -> str:
        return self.unit.caption(self.scale)

    def _label(self, tick: float) -> str:
        number = exact(tick) / self.scale.divisor
        text = f"{number.quantize(Decimal('0.000001')).normalize():,f}" if number else "0"
        return text + "%" if self.unit.is_rate else text


def axis_for(values: Iterable[Amount | None], unit: Unit, *, most: int, from_zero: bool) -> Axis:
    """An axis of about `most` steps that holds all `values`; bars ask for one that holds zero as well."""
    known = [number for value in values if (number := drawn(value)) is not None] or [0.0]
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    ticks = round_ticks(low, high, most=most, least_step=10.0**-unit.decimals)
    return Axis(ticks, unit, unit.scale(ticks))


def round_ticks(low: float, high: float, *, most: int, least_step: float = 1e-6) -> tuple[float, ...]:
    """Evenly spaced round numbers around `low` and `high`, at least two, with steps no finer than `least_step`."""
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        low, high = _widened(low, high, least_step)
    step = max(_round_step((high - low) / most), least_step)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    if last <= first:
        last = first + 1
    return tuple(round(position * step, 9) for position in range(first, last + 1))


def _widened(low: float, high: float, least_step: float) -> tuple[float, float]:
    """Room around a single amount: up from zero, down to zero, or a tenth to both sides."""
    if low == 0:
        return 0.0, least_step
    margin = max(abs(low) * 0.1, least_step)
    return (max(0.0, low - margin), high + margin) if low > 0 else (low - margin, min(0.0, high + margin))


def _round_step(raw: float) -> float:
    if raw <= 0:
        return 0.0
    magnitude = 10.0 ** floor(log10(raw))
    return next((step * magnitude for step in ROUND_STEPS if step * magnitude >= raw * (1 - 1e-9)), 10 * magnitude)
