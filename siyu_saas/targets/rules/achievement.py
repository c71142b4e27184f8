"""How far a target is, whether it is on its way, and what it came to. Source: domain C3 rule 11, D5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from siyu_saas.metrics.rules.measures import Better, Measure, Shape
from siyu_saas.metrics.rules.readings import Daily, Reading, reading
from siyu_saas.metrics.rules.rounding import Exact, rounded
from siyu_saas.metrics.rules.windows import SHOWN_FROM, Window

from .states import Mode, State

LOWEST, HIGHEST = Decimal(-100), Decimal(200)
RAMP_SHARE = Fraction(1, 3)
WHOLE = Fraction(1)


def degree(better: Better, baseline: int | None, value: int, actual: Exact, *, counted: Fraction = WHOLE) -> Fraction:
    """(actual − baseline) ÷ (target − baseline); without a baseline actual ÷ target. Source: domain C3, rule 11.

    `counted`: the share of its days that a running total has behind it; it is held against as much of the baseline.

    Where less is better and nothing is known of before, it is turned round: half the time allowed is twice the target.
    """
    actual = Fraction(actual)
    if baseline is not None and baseline != value:
        return (actual - baseline * counted) / (value - baseline)
    if better is Better.DOWN:
        return Fraction(value) / actual if actual else Fraction(1)
    return actual / value if value else Fraction(1)


def shown(found: Fraction) -> Decimal:
    """Percent with one decimal, held within −100 and 200; the true one is kept beside it."""
    return max(LOWEST, min(HIGHEST, rounded(found * 100, 1)))


def result(found: Fraction, *, valid: int, due: int) -> State:
    """≥ 100 % achieved, 90– near, 50– partial, below missed; under 80 % of the days nothing is judged."""
    if not due or Fraction(valid, due) < SHOWN_FROM:
        return State.NOT_EVALUABLE
    for least, state in ((1, State.ACHIEVED), (Fraction(9, 10), State.NEAR), (Fraction(1, 2), State.PARTIAL)):
        if found >= least:
            return state
    return State.MISSED


def measured(measure: Measure, daily: Daily, window: Window, mode: Mode, *, last_days: int, until: date) -> Reading:
    """The reading that counts for a target, as far as `until`."""
    end = min(window.last, until)
    if end < window.first:
        return Reading(measure, window, (), 0)
    begun = Window(window.first, end)
    if mode is Mode.TRAILING:
        first = max(window.first, date.fromordinal(end.toordinal() - last_days + 1))
        return reading(measure, daily, Window(first, end))
    known_until = until if measure.shape is Shape.COHORT else None
    return reading(measure, daily, begun, known_until=known_until)


@dataclass(frozen=True, slots=True)
class Pace:
    """`light` is ok, warn, bad or none; `sentence` says what it was made of."""

    light: str
    word: str
    sentence: str
    ratio: Fraction | None = None


NOT_BEGUN = Pace("none", "未开始", "还没到开始的日子")
UNKNOWN = Pace("none", "缺数据", "窗口里还没有可用的数据")


def pace(found: Fraction | None, window: Window, *, valid: int, due: int, until: date, ramp: bool) -> Pace:
    """degree ÷ share of the time: ≥ 1 green, 0.8– amber, below red; a ramp shows no red in its first third.

    Source: domain D5.
    """
    passed = min((until - window.first).days + 1, window.days)
    if passed <= 0:
        return NOT_BEGUN
    if found is None or not valid:
        return UNKNOWN
    time = Fraction(passed, window.days)
    ratio = found / time
    basis = (
        f"达成度 {shown(found)}%，时间过了 {rounded(time * 100, 0)}%（第 {passed}/{window.days} 天），"
        f"有效 {valid}/{due} 天"
    )
    if ratio >= 1:
        return Pace("ok", "按计划" if ratio < Fraction(6, 5) else "领先", basis, ratio)
    if ratio >= Fraction(4, 5):
        return Pace("warn", "略慢", basis, ratio)
    if ramp and time <= RAMP_SHARE:
        return Pace("warn", "爬坡中", f"{basis}；前三分之一是爬坡期，不判红", ratio)
    return Pace("bad", "需干预", basis, ratio)
