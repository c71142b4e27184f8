"""The metrics of a pack evaluated over daily counts, by the rules of domain C0.

Rates are Σ numerator ÷ Σ denominator over the days on which both are known, never a mean of daily rates; a stock is
its last known value; counts of distinct people do not add up over days; unknown is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Protocol

from .fields import FIELDS, Kind
from .formulas import NUMBER, BadFormula, Dimension, Formula, of, parse
from .measures import Unit

Daily = Mapping[str, Mapping[date, int | None]]

OPENING = "期初"
UNITS = {
    "件": of(Unit.PARCELS),
    "人": of(Unit.PEOPLE),
    "个": of(Unit.GROUPS),
    "条": of(Unit.MESSAGES),
    "单": of(Unit.ORDERS),
    "元": of(Unit.FEN),
    "元/天": of(Unit.FEN),
    "%": NUMBER,
    "天": NUMBER,
    "分": NUMBER,
    "分钟": NUMBER,
}


class Metric(Protocol):
    """What a metric of a pack has; `top`, `minus` and `bottom` name daily fields, money in fen."""

    key: str
    title: str
    unit: str
    aggregate: str
    denominator: str
    top: Sequence[str]
    minus: Sequence[str]
    bottom: Sequence[str]


@dataclass(frozen=True)
class MetricValue:
    """`value` is exact (money in fen, rates as fractions of one); None comes with the `reason`. `valid` of `due` days."""

    value: Fraction | None
    valid: int
    due: int
    reason: str = ""
    numerator: int | None = None
    denominator: int | None = None


def field_of(column: str) -> str:
    """A pack names columns of the daily sheet, where money says that it is in fen."""
    return column.removesuffix("_fen")


def fields_of(metric: Metric) -> list[str]:
    """Which counts feed the metric; empty for those that come from elsewhere."""
    return list(dict.fromkeys(map(field_of, (*metric.top, *metric.minus, *metric.bottom))))


def formula_of(metric: Metric) -> Formula | None:
    """The metric's own formula, over daily fields."""
    if not metric.top:
        return None
    top = " + ".join(map(field_of, metric.top)) + "".join(f" - {field_of(column)}" for column in metric.minus)
    return parse(f"({top}) / ({' + '.join(map(field_of, metric.bottom))})" if metric.bottom else top)


FIELD_DIMENSIONS = {key: of(field.unit) for key, field in FIELDS.items()}


def dimension_of(metric: Metric) -> Dimension:
    """By its formula where it has one, else by the unit that it is said to have."""
    formula = formula_of(metric)
    return formula.dimension(FIELD_DIMENSIONS) if formula else UNITS[metric.unit]


def dimensions(metrics: Iterable[Metric]) -> dict[str, Dimension]:
    """What every name of a formula counts: daily fields and metrics."""
    return FIELD_DIMENSIONS | {metric.key: dimension_of(metric) for metric in metrics}


def unit_faults(metrics: Iterable[Metric]) -> list[str]:
    """Metrics whose formula does not give the unit that they are said to have."""
    return [fault for metric in metrics if (fault := _fault(metric))]


def _fault(metric: Metric) -> str:
    try:
        found = dimension_of(metric)
    except BadFormula as error:
        return f"{metric.key}: {error}"
    wanted = UNITS[metric.unit]
    top = formula_of(metric) and found
    if not top or found == wanted or (metric.unit == "%" and found.is_share):
        return ""
    if metric.bottom and _per_count(found, wanted):
        return ""
    return f"{metric.key}: 应是{metric.unit}，公式算出来是{found.title}"


def _per_count(found: Dimension, wanted: Dimension) -> bool:
    """「元」 of an order value is money by one buyer or one order; 「条」 is messages by person."""
    rest = found.times(wanted, -1)
    return list(rest.powers.values()) == [-1] and Unit.FEN not in rest.powers


def read_metric(metric: Metric, daily: Daily, first: date, last: date) -> MetricValue:
    """The metric from `first` to `last`. `daily` may reach further back, for what stood at the beginning."""
    days = [first + timedelta(days) for days in range((last - first).days + 1)]
    fields = fields_of(metric)
    if not fields:
        return MetricValue(None, 0, len(days), "不由日报算出")
    if metric.aggregate == "model":
        return MetricValue(None, 0, len(days), "要有明细，日报算不出")
    opening = metric.denominator.startswith(OPENING)
    needed = [field_of(column) for column in (*metric.top, *metric.minus)] if opening else fields
    known = [day for day in days if all(daily.get(field, {}).get(day) is not None for field in needed)]
    if not known:
        return MetricValue(None, 0, len(days), "没有数据")
    if metric.bottom:
        return _rate(metric, daily, known, days, opening)
    return _plain(metric, daily, known, days)


def _rate(metric: Metric, daily: Daily, known: list[date], days: list[date], opening: bool) -> MetricValue:
    if all(FIELDS[field].kind is Kind.STOCK for field in fields_of(metric)):
        known = known[-1:]
    top = sum(_top(metric, daily, day) for day in known)
    below = [field_of(column) for column in metric.bottom]
    if opening:
        before = [daily.get(field, {}).get(days[0] - timedelta(1)) for field in below]
        if None in before:
            return MetricValue(None, len(known), len(days), "缺期初的数", top)
        bottom = sum(before)
    else:
        bottom = sum(daily[field][day] for day in known for field in below)
    if not bottom:
        return MetricValue(None, len(known), len(days), "分母为 0", top, bottom)
    return MetricValue(Fraction(top, bottom), len(known), len(days), "", top, bottom)


def _plain(metric: Metric, daily: Daily, known: list[date], days: list[date]) -> MetricValue:
    counts = [_top(metric, daily, day) for day in known]
    if metric.aggregate == "distinct" and len(days) > 1:
        return MetricValue(None, len(known), len(days), "按人去重，日值不能相加")
    value = {
        "last": lambda: counts[-1],
        "mean": lambda: Fraction(sum(counts), len(counts)),
        "median": lambda: median(map(Fraction, counts)),
    }.get(metric.aggregate, lambda: sum(counts))()
    return MetricValue(Fraction(value), len(known), len(days))


def _top(metric: Metric, daily: Daily, day: date) -> int:
    added = sum(daily[field_of(column)][day] for column in metric.top)
    return added - sum(daily[field_of(column)][day] for column in metric.minus)
