"""What metrics and benchmarks must keep: units that agree, bands in order, sources that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checking import Flaw, Whole, known, one_of
from .shapes import metrics


def metric_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from one_of(value, "better", metrics.BETTER)
    yield from one_of(value, "aggregate", metrics.AGGREGATES)
    yield from one_of(value, "unit", metrics.UNITS)
    yield from one_of(value, "grain", metrics.GRAINS)
    for name in ("top", "minus", "bottom"):
        for number, field in enumerate(getattr(value, name)):
            if field not in metrics.DAILY_FIELDS:
                yield (name, number), f"the daily sheet has no column {field!r}"
    if value.aggregate == "ratio" and not (value.numerator and value.denominator):
        yield ("aggregate",), "a ratio needs a numerator and a denominator"


def benchmark_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from known(value, "metric", whole, "metrics")
    yield from one_of(value, "strength", metrics.STRENGTHS)
    if value.low is not None and value.high is not None and value.low > value.high:
        yield ("low",), "is above high"
    metric = whole.get("metrics", {}).get(value.metric)
    if metric and metric.unit == "%" and not value.relative and not value.adoption:
        for name in ("low", "high", "typical"):
            if not 0 <= (getattr(value, name) or 0) <= 100:
                yield (name,), "a share lies between 0 and 100"
    for number, other in enumerate(value.conflicts_with):
        if other not in whole["benchmarks"]:
            yield ("conflicts_with", number), f"there is no benchmark {other!r}"
