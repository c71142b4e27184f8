"""How a figure and a change are told: direction by sign and word, never 「服务带来」, never a percentage without a base.

Source: domain C3, rules 2, 8 and 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from siyu_saas.web.filters.numbers import MISSING, signed
from siyu_saas.web.filters.numbers import rounded as written

from .comparison import Change, Obstacle, Verdict
from .confounders import Happening
from .measures import Measure, Unit
from .readings import Reading

OBSTACLES = {
    Obstacle.NO_BASELINE: "无基线",
    Obstacle.NO_SERVICE: "服务期没有数据",
    Obstacle.THIN_BASELINE: "基线有效日不足 80%",
    Obstacle.THIN_SERVICE: "服务期有效日不足 80%",
    Obstacle.MISSING_WEEKDAY: "缺了整个星期几，无法标准化",
    Obstacle.OTHER_REGIME: "口径或运营方式不同，不可比",
}


def figure_text(measure: Measure, value: Fraction | int | None, *, exact: bool = False) -> str:
    """「1,500 人次」, 「20.0%」 (`exact`: 「20.00%」), 「7,500.00 元」; a dash for what is not known."""
    if value is None:
        return MISSING
    if measure.unit is Unit.SHARE:
        return f"{written(value * 100, 2 if exact else 1)}%"
    if measure.unit is Unit.FEN:
        return f"{written(Fraction(value, 100), 2)} 元"
    return f"{written(value, 0)} {measure.unit.title}"


def basis_text(reading: Reading) -> str:
    """The numerator and denominator behind a rate: 「6,715 ÷ 33,575」; nothing for plain counts."""
    if not reading.measure.bottom or not reading.days:
        return ""
    top = Fraction(reading.top, 100) if reading.measure.unit is Unit.FEN else reading.top
    places = 2 if reading.measure.unit is Unit.FEN else 0
    return f"{written(top, places)} ÷ {written(reading.bottom, 0)}"


def change_text(change: Change) -> str:
    """「+34.0%」, 「+45.0%（+9.0 百分点）」, 「从 0 到 12 人（新增）」, or a dash with the reason."""
    if change.obstacle is Obstacle.ZERO_BASELINE:
        before, after = (figure_text(change.measure, side.figure) for side in (change.before, change.after))
        started = change.before.level == 0 and change.after.level > 0
        return f"从 {before} 到 {after}（新增）" if started else f"{MISSING}（基线为 {before}）"
    if change.obstacle is not None:
        return f"{MISSING}（{OBSTACLES[change.obstacle]}）"
    relative = f"{signed(change.percent, 1)}%"
    return relative if change.points is None else f"{relative}（{signed(change.points, 1)} 百分点）"


def interval_text(change: Change) -> str:
    """「+24.1% 至 +44.7%」; a dash where no interval is given."""
    found = change.interval
    if found is None:
        return MISSING
    unit = " 百分点" if found.in_points else "%"
    places = 2 if found.in_points else 1
    return f"{signed(found.low, places)}{unit} 至 {signed(found.high, places)}{unit}"


def sentence(change: Change) -> str:
    """One measure, complete: what it was, what it is, the change, and how sure one may be."""
    before, after = (figure_text(change.measure, side.figure) for side in (change.before, change.after))
    told = f"{change.measure.title} {before} → {after}，{change_text(change)}"
    return told if change.verdict is Verdict.NOT_COMPARABLE else f"{told}，{change.verdict.title}"


def conclusion(changes: Sequence[Change], influences: Sequence[Happening] = ()) -> str:
    """A draft for the consultant: all that is clear, all that is not, all that is missing, and what else happened."""
    groups = (
        ("服务期内变化明确：", [one for one in changes if one.verdict is Verdict.CLEAR]),
        ("在波动范围内，不能断定：", [one for one in changes if one.verdict is Verdict.UNCERTAIN]),
        (
            "只列数值：",
            [one for one in changes if one.verdict in (Verdict.NO_INTERVAL, Verdict.SMALL_SAMPLE)],
        ),
        ("不可比或缺数：", [one for one in changes if one.verdict is Verdict.NOT_COMPARABLE]),
    )
    told = [f"{head}{'、'.join(map(_short, some))}" for head, some in groups if some]
    if influences:
        names = "、".join(dict.fromkeys(one.title for one in influences))
        told.append(f"可能同时影响：{names}")
    return "；".join(told) + "。" if told else ""


def got_worse(change: Change) -> bool:
    """Whether the figure moved against what is wished for."""
    if change.percent is None:
        return False
    return change.percent * {"up": Decimal(1), "down": Decimal(-1), "neutral": Decimal(0)}[change.measure.better] < 0


def _short(change: Change) -> str:
    return f"{change.measure.title} {change_text(change)}"
