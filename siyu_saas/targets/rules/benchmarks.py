"""The benchmarks of a content pack as bands in steps of a metric's unit. Source: product §1b, domain C1."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

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


def own_benchmark(experience: Any, unit: Unit) -> Benchmark:
    """`experience` has `low` and `high` in what people type, how many `merchants` they are made of, and `made_on`."""
    return Benchmark(
        low=_steps(unit, Decimal(experience.low)),
        high=_steps(unit, Decimal(experience.high)),
        source=f"本机构 {experience.merchants} 家商家的服务期",
        year=str(experience.made_on.year),
        strength=Strength.OWN,
        note="中间一半商家的范围，匿名；满 5 家才列出",
        sample=experience.merchants,
    )


def band_text(unit: Unit, low: int | None, high: int | None) -> str:
    """「10%–20%」, 「不低于 20%」, 「不超过 10%」, 「约 4%」."""
    if low is None or high is None:
        word, edge = ("不低于", low) if high is None else ("不超过", high)
        return f"{word} {amount_text(unit, edge)}"
    return f"约 {amount_text(unit, low)}" if low == high else f"{amount_text(unit, low)}–{amount_text(unit, high)}"


def _steps(unit: Unit, value: Decimal | None) -> int | None:
    return None if value is None else int(value * TYPED.get(unit, 1))
