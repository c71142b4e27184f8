"""The benchmarks of a content pack as bands in steps of a metric's unit. Source: product §1b, domain C1."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from siyu_saas.metrics.rules import yardsticks
from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.packs.shapes.metrics import Benchmark as Entry

from .bands import Benchmark, Strength, usable
from .quantities import TYPED, amount_text

STRENGTHS = {"seed": Strength.SEED, "weak": Strength.WEAK}


def of_metric(entries: Iterable[Entry], key: str, unit: Unit) -> list[Benchmark]:
    """In steps of the unit, the strongest first."""
    found = [
        Benchmark(
            low=_steps(unit, one.low if one.low is not None or one.high is not None else one.typical),
            high=_steps(unit, one.high if one.low is not None or one.high is not None else one.typical),
            source=one.source,
            year=one.year,
            segment=one.segment,
            strength=STRENGTHS[one.strength],
            note=one.note,
        )
        for one in yardsticks.of_metric(entries, key)
    ]
    return usable(found)


def band_text(unit: Unit, low: int | None, high: int | None) -> str:
    """「10%–20%」, 「不低于 20%」, 「不超过 10%」, 「约 4%」."""
    if low is None or high is None:
        word, edge = ("不低于", low) if high is None else ("不超过", high)
        return f"{word} {amount_text(unit, edge)}"
    return f"约 {amount_text(unit, low)}" if low == high else f"{amount_text(unit, low)}–{amount_text(unit, high)}"


def _steps(unit: Unit, value: Decimal | None) -> int | None:
    return None if value is None else int(value * TYPED.get(unit, 1))
