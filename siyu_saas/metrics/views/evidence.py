"""Everything a comparison stands on, and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import g

from siyu_saas.metrics.models import Baseline, Comparison, Influence
from siyu_saas.metrics.queries.comparisons import as_happenings, counts_between
from siyu_saas.metrics.rules.comparison import Change, compare
from siyu_saas.metrics.rules.confounders import Happening, campaign_days, happenings, other_regime
from siyu_saas.metrics.rules.decomposition import contributions
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import MEASURES, Measure, Unit
from siyu_saas.metrics.rules.readings import Daily, reading
from siyu_saas.metrics.rules.trends import STEPS, position_of, steps, weeks
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.metrics.rules.wording import basis_text, change_text, figure_text, got_worse, interval_text
from siyu_saas.metrics.rules.yardsticks import band_of
from siyu_saas.packs.library import pack
from siyu_saas.packs.shapes.metrics import Benchmark
from siyu_saas.web import charts

UNITS = {Unit.SHARE: charts.PERCENT, Unit.FEN: charts.Unit("元", 2)}
BARS_SHOWN = 6


@dataclass(frozen=True)
class Row:
    """One measure as the table tells it; `others` are the further columns, by their heads."""

    key: str
    title: str
    before: str
    after: str
    basis: tuple[str, str]
    change: str
    interval: str
    verdict: str
    pill: str
    worse: bool
    notes: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    row: Comparison
    counts: Daily
    changes: list[Change]
    rows: list[Row]
    others: tuple[str, ...]
    happenings: list[Happening]
    regime: Happening | None
    starts_on: Any
    yardsticks: Sequence[Benchmark] = ()

    @property
    def equal(self) -> bool:
        return self.row.before.days == self.row.after.days

    @property
    def told_first(self) -> list[Change]:
        """What one sentence has room for: the agreed headline, and whatever got worse or does not compare."""
        return [
            one
            for one in self.changes
            if one.measure.key in self.row.headline or got_worse(one) or one.obstacle is not None
        ]

    @property
    def percentages(self) -> list[str]:
        """The cells of the table that may hold one; each stands beside what it is made of."""
        return [text for row in self.rows for text in (row.before, row.after, row.change, row.interval, *row.others)]

    def pictures(self) -> dict[str, Any]:
        return {
            "bars": charts.both_widths(charts.bars, self._bars(), uid="cmp-bars"),
            "trends": [
                charts.both_widths(charts.line, self._trend(MEASURES[key], self.whole), uid=f"cmp-{key}")
                for key in self.row.headline
                if key in MEASURES
            ],
            "funnel": charts.both_widths(charts.funnel, self._funnel(), uid="cmp-funnel"),
            "waterfall": self._waterfall(),
        }

    @property
    def whole(self) -> Window:
        return Window(self.row.before.first, self.row.after.last)

    def _bars(self) -> charts.BarsData:
        shown = self.changes[:BARS_SHOWN]
        pairs = tuple(_pair(change) for change in shown)
        title = f"{len(pairs)} 项约定指标，指数化（基线 = 100）"
        return charts.BarsData(title, pairs, before_name="基线", after_name="服务期", indexed=True)

    def _trend(self, measure: Measure, whole: Window) -> charts.LineData:
        found = weeks(measure, self.counts, whole)
        labels = tuple(f"{week.first.month}/{week.first.day}" for week in found)
        values = tuple(drawable(measure, week.figure) for week in found)
        before, after = self.row.before, self.row.after
        band = band_of(self.yardsticks, measure.key)
        return charts.LineData(
            f"{measure.title}，按周",
            labels,
            (charts.Series(measure.title, values),),
            UNITS.get(measure.unit, charts.Unit(measure.unit.title)),
            band=charts.Band(band.low, band.high, f"基准带（{band.source}）") if band else None,
            marks=(charts.Mark(position_of(self.starts_on, found), "陪跑开始"),),
            windows=(
                charts.Window(position_of(before.first, found), position_of(before.last, found), "基线"),
                charts.Window(position_of(after.first, found), position_of(after.last, found), "服务期"),
            ),
        )

    def _funnel(self) -> charts.FunnelData:
        found = steps(self.counts, self.row.after)
        return charts.FunnelData("服务期漏斗", tuple(charts.Stage(name, many) for name, many in found), charts.COUNT)

    def _waterfall(self):
        """社群 GMV = buyers × what one buyer pays; nothing where a factor is missing or zero."""
        sides = []
        for window in (self.row.before, self.row.after):
            buyers, money = (reading(MEASURES[key], self.counts, window) for key in ("group_buyers", "group_gmv"))
            if not buyers.top or not money.top or buyers.valid < buyers.due or money.valid < money.due:
                return None
            sides.append((buyers.top, Fraction(money.top, 100)))
        (buyers0, gmv0), (buyers1, gmv1) = sides
        parts = contributions(
            {"买家数": buyers0, "客单价": gmv0 / buyers0}, {"买家数": buyers1, "客单价": gmv1 / buyers1}
        )
        if parts is None:
            return None
        data = charts.WaterfallData(
            "社群 GMV 的变化从哪里来",
            charts.Contribution("基线", _decimal(gmv0)),
            tuple(charts.Contribution(name, amount) for name, amount in parts.items()),
            charts.Contribution("服务期", _decimal(gmv1)),
            charts.Unit("元", 2),
        )
        return charts.both_widths(charts.waterfall, data, uid="cmp-gmv")


def gather(row: Comparison, entered: Sequence[Influence], baseline: Baseline | None, scope: str = ALL) -> Evidence:
    """One query: the windows with what lies between and before, and the same days of last year."""
    measures = [MEASURES[key] for key in row.measures if key in MEASURES]
    shown = [*measures, *(MEASURES[key] for key in row.headline if key in MEASURES)]
    fields = sorted(
        {field for one in shown for field in one.fields} | {field for field, _ in STEPS} | {"group_buyers", "group_gmv"}
    )
    previous, last_year = row.after.before(), row.after.year_ago()
    first = min(row.before.first, previous.first)
    whole = Window(first, row.after.last)
    counts = counts_between(g.engagement.id, fields, whole, baseline, beside=last_year, scope=scope)
    events = as_happenings(list(entered))
    broken, campaigns = other_regime(row.before, row.after, events), campaign_days(events)
    changes = [_change(one, counts, row.before, row.after, broken is not None) for one in measures]
    others = [("环比", counts, previous)]
    if any(counts[field].get(day) is not None for field in fields for day in last_year.dates()):
        others.append(("同比", counts, last_year))
    heads = (*(name for name, _, _ in others), *(("剔除活动日",) if campaigns else ()))
    rows = []
    for change in changes:
        cells = [
            change_text(compare(reading(change.measure, data, window), change.after, judged=False))
            for _, data, window in others
        ]
        if campaigns:
            sides = (reading(change.measure, counts, w, leave_out=campaigns) for w in (row.before, row.after))
            cells.append(change_text(compare(*sides, other_regime=broken is not None, judged=False)))
        rows.append(_row(change, tuple(cells)))
    yardsticks = tuple(pack(g.access.pack).benchmarks.values())
    both = [*happenings(row.before, events), *happenings(row.after, events)]
    return Evidence(
        row, counts, changes, rows, heads, list(dict.fromkeys(both)), broken, g.engagement.starts_on, yardsticks
    )


def drawable(measure: Measure, figure: Fraction | None) -> Decimal | None:
    if figure is None:
        return None
    if measure.unit is Unit.SHARE:
        return _decimal(figure * 100)
    return _decimal(figure / 100 if measure.unit is Unit.FEN else figure)


def _change(measure: Measure, counts: Daily, before: Window, after: Window, other: bool) -> Change:
    return compare(reading(measure, counts, before), reading(measure, counts, after), other_regime=other)


def _pair(change: Change) -> charts.Pair:
    """A window that gives no percentage gives no bar either."""
    measure = change.measure
    before, after = (drawable(measure, side.figure) for side in (change.before, change.after))
    known = change.obstacle is None
    return charts.Pair(
        measure.title,
        before if known else None,
        after if known else None,
        UNITS.get(measure.unit, charts.Unit(measure.unit.title)),
    )


def _row(change: Change, others: tuple[str, ...]) -> Row:
    measure = change.measure
    return Row(
        measure.key,
        measure.title,
        figure_text(measure, change.before.figure),
        figure_text(measure, change.after.figure),
        (basis_text(change.before), basis_text(change.after)),
        change_text(change),
        interval_text(change),
        change.verdict.title,
        {"clear": "ok", "uncertain": "warn", "not_comparable": "none"}.get(change.verdict, "none"),
        got_worse(change),
        change.notes,
        others,
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
