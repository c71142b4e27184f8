"""What a report measures: the agreed windows, the changes between them, and what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.metrics.models import Baseline, Comparison
from siyu_saas.metrics.queries.baselines import current_baseline
from siyu_saas.metrics.queries.comparisons import as_happenings, comparison_of, counts_between, influences_of
from siyu_saas.metrics.queries.orders import sizes_within
from siyu_saas.metrics.rules.comparison import Change
from siyu_saas.metrics.rules.comparison import compare as compared
from siyu_saas.metrics.rules.confounders import Happening, happenings, other_regime
from siyu_saas.metrics.rules.measures import MEASURES, Measure, Unit
from siyu_saas.metrics.rules.orders import MEAN, Sizes
from siyu_saas.metrics.rules.readings import Daily, reading
from siyu_saas.metrics.rules.trends import STEPS, weeks
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.reports.rules.shape import Source
from siyu_saas.tenants.models import Engagement

NOT_AGREED = "未采集：还没有约定对比窗口和指标"


@dataclass(frozen=True)
class Measured:
    """`row` is None while nobody has agreed what is compared; then there are no changes. `sizes`: of single orders in
    either window, where the mean of a buyer was agreed."""

    row: Comparison | None
    baseline: Baseline | None
    counts: Daily
    changes: tuple[Change, ...] = ()
    happened: tuple[Happening, ...] = ()
    campaigns: tuple[Happening, ...] = ()
    sizes: tuple[Sizes | None, ...] = ()

    @property
    def whole(self) -> Window:
        return Window(self.row.before.first, self.row.after.last)

    @property
    def version(self) -> str:
        return f"基线第 {self.baseline.number} 版 {self.baseline.sha256[:12]}" if self.baseline else "基线未冻结"

    def headline(self) -> list[Change]:
        keys = self.row.headline if self.row else ()
        chosen = [change for change in self.changes if change.measure.key in keys]
        return (chosen or list(self.changes))[:4]


def measured_of(engagement: Engagement) -> Measured:
    row, baseline = comparison_of(engagement.id), current_baseline(engagement.id)
    entered = as_happenings(influences_of(engagement.id))
    campaigns = tuple(one for one in entered if one.kind.value == "campaign")
    if row is None:
        return Measured(None, baseline, {}, campaigns=campaigns)
    measures = [MEASURES[key] for key in row.measures if key in MEASURES]
    fields = sorted(
        {field for one in measures for field in one.fields}
        | {field for field, _ in STEPS}
        | {"group_buyers", "group_gmv", "group_new"}
    )
    counts = counts_between(engagement.id, fields, Window(row.before.first, row.after.last), baseline)
    broken = other_regime(row.before, row.after, entered) is not None
    changes = tuple(
        compared(reading(one, counts, row.before), reading(one, counts, row.after), other_regime=broken)
        for one in measures
    )
    happened = dict.fromkeys([*happenings(row.before, entered), *happenings(row.after, entered)])
    sizes = sizes_within(engagement.id, row.before, row.after) if MEAN in row.measures else ()
    return Measured(row, baseline, counts, changes, tuple(happened), campaigns, sizes)


def windows_text(measured: Measured) -> str:
    if measured.row is None:
        return "对比窗口未约定"
    return f"{_span(measured.row.before)} 对 {_span(measured.row.after)}"


def lowest_coverage(measured: Measured) -> tuple[str, int, int] | None:
    """(measure, valid, due) of the reading with the smallest share of known days."""
    sides = [
        (change.measure.title, side.valid, side.due)
        for change in measured.changes
        for side in (change.before, change.after)
        if side.due
    ]
    return min(sides, key=lambda one: Fraction(one[1], one[2])) if sides else None


def trend_of(measured: Measured, measure: Measure) -> tuple[float | None, ...]:
    """By weeks, for the small line on a card."""
    return tuple(drawn(measure, week.figure) for week in weeks(measure, measured.counts, measured.whole))


def source_of(measured: Measured, name: str, metric: str) -> Source:
    return Source(name, metric, windows_text(measured), measured.version, "comparison.show")


def sources_of(measured: Measured) -> tuple[Source, ...]:
    return tuple(source_of(measured, change.measure.title, change.measure.key) for change in measured.changes)


def drawn(measure: Measure, figure: Fraction | None) -> float | None:
    if figure is None:
        return None
    if measure.unit is Unit.SHARE:
        return round(float(figure * 100), 4)
    return round(float(figure / 100 if measure.unit is Unit.FEN else figure), 4)


def _span(window: Window) -> str:
    return f"{window.first} 至 {window.last}"
