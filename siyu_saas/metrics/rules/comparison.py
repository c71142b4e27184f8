"""Before and after, told honestly: a percentage only where there is a base for one, a verdict only where there is an interval.

Source: domain C3, rules 1 to 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import log

from .intervals import count_ratio, newcombe, rate_ratio
from .measures import Measure, Shape, Unit
from .readings import Reading
from .rounding import from_float, rounded
from .windows import Coverage

LEAST_DAYS = 14
LEAST_BUYERS = 30
LEAST_PEOPLE, LEAST_HITS = 30, 5


class Verdict(StrEnum):
    CLEAR = "clear"
    UNCERTAIN = "uncertain"
    SMALL_SAMPLE = "small_sample"
    NO_INTERVAL = "no_interval"
    NOT_COMPARABLE = "not_comparable"

    @property
    def title(self) -> str:
        return VERDICT_TITLES[self]


VERDICT_TITLES = {
    Verdict.CLEAR: "变化明确",
    Verdict.UNCERTAIN: "在波动范围内，不能断定",
    Verdict.SMALL_SAMPLE: "样本不足，只列数值",
    Verdict.NO_INTERVAL: "只列数值，不做判断",
    Verdict.NOT_COMPARABLE: "不可比",
}


class Obstacle(StrEnum):
    """Why no percentage is printed."""

    NO_BASELINE = "no_baseline"
    NO_SERVICE = "no_service"
    ZERO_BASELINE = "zero_baseline"
    THIN_BASELINE = "thin_baseline"
    THIN_SERVICE = "thin_service"
    MISSING_WEEKDAY = "missing_weekday"
    OTHER_REGIME = "other_regime"


@dataclass(frozen=True, slots=True)
class Interval:
    """Of the change: percent of the baseline, or percentage points for cohorts. `spread` is φ."""

    low: Decimal
    high: Decimal
    in_points: bool = False
    spread: Decimal | None = None

    @property
    def holds_zero(self) -> bool:
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Change:
    """`percent` is relative, `points` are percentage points of a rate; both None when there is an obstacle."""

    before: Reading
    after: Reading
    percent: Decimal | None
    points: Decimal | None
    interval: Interval | None
    verdict: Verdict
    obstacle: Obstacle | None = None
    notes: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        return self.before.measure

    @property
    def log_ratio(self) -> float | None:
        both = self.before.level, self.after.level
        if self.obstacle or not all(both):
            return None
        return log(both[1] / both[0])


def compare(before: Reading, after: Reading, *, other_regime: bool = False, judged: bool = True) -> Change:
    """The change from one reading to another of the same measure.

    `other_regime`: what is counted was defined or run differently in the first window, so the two do not compare.
    Not `judged`: only the change is asked for, as in a further column, and no interval is calculated.
    """
    if before.measure is not after.measure:
        raise ValueError("two readings of one measure are compared")
    obstacle = _obstacle(before, after, other_regime=other_regime)
    if obstacle is not None:
        return Change(before, after, None, None, None, Verdict.NOT_COMPARABLE, obstacle, _notes(before, after))
    ratio = after.level / before.level
    interval = _interval(before, after, ratio) if judged and not _too_small(before, after) else None
    return Change(
        before,
        after,
        rounded((ratio - 1) * 100, 1),
        rounded((after.level - before.level) * 100, 1) if before.measure.unit is Unit.SHARE else None,
        interval,
        _verdict(before, after, interval),
        None,
        _notes(before, after),
    )


def _obstacle(before: Reading, after: Reading, *, other_regime: bool) -> Obstacle | None:
    if not before.days or (before.measure.bottom and not before.bottom):
        return Obstacle.NO_BASELINE
    if not after.days or (after.measure.bottom and not after.bottom):
        return Obstacle.NO_SERVICE
    if other_regime:
        return Obstacle.OTHER_REGIME
    for side, obstacle in ((before, Obstacle.THIN_BASELINE), (after, Obstacle.THIN_SERVICE)):
        if side.coverage is Coverage.THIN:
            return obstacle
    if before.level is None or after.level is None:
        return Obstacle.MISSING_WEEKDAY
    return Obstacle.ZERO_BASELINE if before.level <= 0 else None


def _too_small(before: Reading, after: Reading) -> bool:
    measure = before.measure
    if measure.shape is Shape.LAST or measure.opening:
        return False
    if measure.shape is Shape.COHORT:
        return any(side.bottom < LEAST_PEOPLE or side.top < LEAST_HITS for side in (before, after))
    few_buyers = measure.buyers and min(before.bottom, after.bottom) < LEAST_BUYERS
    return few_buyers or min(before.valid, after.valid) < LEAST_DAYS


def _interval(before: Reading, after: Reading, ratio: Fraction) -> Interval | None:
    shape = before.measure.shape
    if shape is Shape.LAST or before.measure.opening:
        return None
    if shape is Shape.COHORT:
        found = newcombe((before.top, before.bottom), (after.top, after.bottom))
        return Interval(from_float(found.low * 100, 2), from_float(found.high * 100, 2), in_points=True)
    counted = before.measure.unit is not Unit.FEN and shape is not Shape.RATIO
    days = ([(top, bottom) for _, top, bottom in side.days] for side in (before, after))
    found = count_ratio(*([top for top, _ in side] for side in days)) if counted else rate_ratio(*days)
    if found is None:
        return None
    # Where days are missing the change is that of the standardised means; the interval keeps its width around it.
    centre = float(ratio) / found.ratio
    low, high = (from_float((edge * centre - 1) * 100, 1) for edge in (found.low, found.high))
    return Interval(low, high, spread=from_float(found.spread, 4) if counted else None)


def _verdict(before: Reading, after: Reading, interval: Interval | None) -> Verdict:
    if interval is None:
        return Verdict.SMALL_SAMPLE if _too_small(before, after) else Verdict.NO_INTERVAL
    return Verdict.UNCERTAIN if interval.holds_zero else Verdict.CLEAR


def _notes(before: Reading, after: Reading) -> tuple[str, ...]:
    """Footnotes that belong under the figure. Source: domain C3, rules 1, 3, 4."""
    notes = []
    for name, side in (("基线", before), ("服务期", after)):
        if side.days and side.coverage is Coverage.NOTED:
            notes.append(
                f"{name}覆盖 {side.valid}/{side.due} 天（{rounded(Fraction(side.valid * 100, side.due), 1)}%）"
            )
    counted = before.measure.shape in (Shape.SUM, Shape.MEAN)
    if counted and (before.valid, after.valid) != (before.due, after.due):
        notes.append("有缺失日，变化按星期标准化后的日均计算")
    elif counted and before.due != after.due:
        notes.append(f"两期天数不同（{before.due} 天、{after.due} 天），变化按日均计算")
    if before.measure.note:
        notes.append(before.measure.note)
    return tuple(notes)
