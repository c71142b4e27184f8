"""Which benchmarks of a pack may be a yardstick for a metric, and the one that is drawn behind its course."""

from __future__ import annotations

from collections.abc import Iterable

from siyu_saas.packs.shapes.metrics import Benchmark

STRENGTHS = ("seed", "weak")


def of_metric(entries: Iterable[Benchmark], key: str) -> list[Benchmark]:
    """Those that may be a yardstick: not made-up data, not adoption, not a change relative to something else."""
    return [
        one
        for one in entries
        if one.metric == key and one.strength in STRENGTHS and not one.adoption and not one.relative
    ]


def band_of(entries: Iterable[Benchmark], key: str) -> Benchmark | None:
    """The strongest with both ends; sources are never averaged."""
    bands = [one for one in of_metric(entries, key) if None not in (one.low, one.high) and one.low < one.high]
    return min(bands, key=lambda one: STRENGTHS.index(one.strength), default=None)
