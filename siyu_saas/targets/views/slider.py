"""The scale that slider, band and baseline share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil, floor, log10

from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.targets.forms import shown
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.bands import Benchmark, Place, verdict
from siyu_saas.targets.rules.quantities import TYPED, amount_text

from .meaning import Meaning

ROOM = 1.25
STEPS_WANTED = 100
LABEL_GAP = 5.5


@dataclass(frozen=True)
class Mark:
    """`at` is percent of the scale."""

    name: str
    at: float


@dataclass(frozen=True)
class Ruler:
    """`top` and `step` as they are typed; `band` and `marks` in percent of the scale; `data` for the script."""

    top: str
    step: str
    value: str
    told: str
    band: tuple[float, float] | None
    marks: list[Mark]
    baseline: Mark | None
    data: str


def ruler(target: Target, band: Benchmark | None, meaning: Meaning) -> Ruler:
    known = [target.value, target.baseline_value, target.suggested_value, target.alternative_value]
    known += [band.low, band.high] if band else []
    top, step = _scale(max(one for one in known if one is not None), target.unit)

    def at(value: int) -> float:
        return round(100 * value / top, 2)

    marks = []
    if band:
        marks = [
            Mark(f"低 {amount_text(target.unit, band.low)}", at(band.low)),
            Mark(f"高 {amount_text(target.unit, band.high)}", at(band.high)),
        ]
    baseline = target.baseline_value
    return Ruler(
        top=shown(target.unit, top),
        step=shown(target.unit, step),
        value=shown(target.unit, target.value),
        told=amount_text(target.unit, target.value),
        band=(at(band.low), at(band.high)) if band else None,
        marks=marks,
        baseline=None if baseline is None else Mark(f"基线 {amount_text(target.unit, baseline)}", at(baseline)),
        data=json.dumps(_data(target, band, meaning), ensure_ascii=False),
    )


def _scale(largest: int, unit: Unit) -> tuple[int, int]:
    """A round end with room above the largest, and a step that a thumb can hit; rates end at 100 %."""
    wanted = max(1, ceil(largest * ROOM))
    step = max(1, 10 ** floor(log10(max(wanted / STEPS_WANTED, 1))))
    if unit is Unit.SHARE:
        step = 50 if wanted > 1000 else 10
    if unit is Unit.FEN:
        step = max(step, 100)
    top = ceil(wanted / step) * step
    return min(top, 10_000) if unit is Unit.SHARE else top, step


def _data(target: Target, band: Benchmark | None, meaning: Meaning) -> dict:
    return {
        "per": TYPED.get(target.unit, 1),
        "unit": "%" if target.unit is Unit.SHARE else f" {target.unit.title}",
        "base": target.baseline_value,
        "low": band.low if band else None,
        "high": band.high if band else None,
        "words": {place.value: verdict(place, target.better) for place in Place},
        "down": target.better is Better.DOWN,
        "chain": meaning.chain,
    }
