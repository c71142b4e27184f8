"""The numbers of a report: before and after, funnel, what moved the sales, daily counts, how it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from siyu_saas.metrics.models import Baseline, Comparison
from siyu_saas.metrics.queries.baselines import current_baseline
from siyu_saas.metrics.queries.comparisons import as_happenings, comparison_of, counts_between, influences_of
from siyu_saas.metrics.rules.comparison import Change, Verdict
from siyu_saas.metrics.rules.comparison import compare as compared
from siyu_saas.metrics.rules.confounders import Happening, campaign_days, happenings, other_regime
from siyu_saas.metrics.rules.decomposition import contributions
from siyu_saas.metrics.rules.fields import FIELDS as FIELD_TITLES
from siyu_saas.metrics.rules.measures import MEASURES, Measure, Shape, Unit
from siyu_saas.metrics.rules.readings import Daily, reading
from siyu_saas.metrics.rules.trends import STEPS, steps, weeks
from siyu_saas.metrics.rules.windows import Window, last_months
from siyu_saas.metrics.rules.wording import basis_text, change_text, conclusion, figure_text, interval_text, sentence
from siyu_saas.reports.rules.shape import Picture, Section, Source, Table, Words
from siyu_saas.tenants.models import Engagement
from siyu_saas.web.filters.numbers import MISSING, percent, rounded, signed

CHART_UNITS = {Unit.SHARE: "percent", Unit.FEN: "yuan", Unit.PEOPLE: "people"}
BARS_SHOWN = 6
WITHOUT = "剔除活动日后"
IN_GROUPS = (("入群", "group_new"), ("成交", "group_buyers"))


@dataclass(frozen=True)
class Measured:
    """`row` is None while nobody has agreed what is compared; then there are no changes."""

    row: Comparison | None
    baseline: Baseline | None
    counts: Daily
    changes: tuple[Change, ...] = ()
    happened: tuple[Happening, ...] = ()
    campaigns: tuple[Happening, ...] = ()

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
    return Measured(row, baseline, counts, changes, tuple(happened), campaigns)


def windows_text(measured: Measured) -> str:
    if measured.row is None:
        return "对比窗口未约定"
    return f"{_span(measured.row.before)} 对 {_span(measured.row.after)}"


def compare(measured: Measured) -> Section:
    if not measured.changes:
        return Section("compare", missing="未采集：还没有约定对比窗口和指标")
    rows = tuple(_row(change) for change in measured.changes)
    head = ("指标", "基线", "服务期", "变化", "95% 区间", "判断")
    blocks: list[Any] = [
        _bars(measured),
        Table(head, rows, numbers=(1, 2, 3, 4), caption="先约定、后对比；区间含 0 的只说「在波动范围内」"),
    ]
    blocks += [_line(measured, change) for change in measured.headline()[:2]]
    blocks += [*_without_campaigns(measured), *_by_months(measured)]
    draft = measured.row.conclusion or conclusion(measured.changes, measured.happened)
    return Section("compare", tuple(blocks), draft=draft, sources=_sources(measured))


def funnel(measured: Measured) -> Section:
    """What followed from the parcels, then the groups: not everybody in them came by a parcel."""
    if measured.row is None:
        return Section("funnel")
    windows = measured.row.before, measured.row.after
    sides = [dict(steps(measured.counts, window)) for window in windows]
    names = list(sides[1])
    if all(value is None for side in sides for value in side.values()):
        return Section("funnel")
    rows = [
        (name, *(cell for side in sides for cell in _passed(side, names, place))) for place, name in enumerate(names)
    ]
    for name, key in IN_GROUPS:
        counted = (reading(MEASURES[key], measured.counts, window).top for window in windows)
        rows.append((name, *(cell for value in counted for cell in (_count(value), MISSING))))
    stages = [[name, sides[0].get(name), sides[1][name]] for name in names]
    return Section(
        "funnel",
        (
            Picture("funnel", _funnel_title(sides, names), windows_text(measured), {"stages": stages}),
            Table(
                ("环节", "基线", "上一步到此", "服务期", "上一步到此"),
                tuple(rows),
                numbers=(1, 2, 3, 4),
                caption="入群和成交不限于这批新好友，不和前面几步连成一条；首单按加好友日归批",
            ),
        ),
        sources=(_source_of(measured, "漏斗各环节", "calc_funnel"),),
    )


def _passed(side: dict[str, int | None], names: list[str], place: int) -> tuple[str, str]:
    here = side.get(names[place])
    return _count(here), percent(here, side.get(names[place - 1])) if place else MISSING


def _funnel_title(sides: list[dict[str, int | None]], names: list[str]) -> str:
    """The step that gained most, in percentage points."""
    gained = []
    for before, here in pairwise(names):
        rates = [
            Fraction(side[here], side[before]) for side in sides if side.get(here) is not None and side.get(before)
        ]
        if len(rates) == 2:
            gained.append(
                (rates[1] - rates[0], f"{before}到{here} {percent(*_parts(rates[0]))} → {percent(*_parts(rates[1]))}")
            )
    return max(gained)[1] if gained else "公转私漏斗"


def _parts(rate: Fraction) -> tuple[int, int]:
    return rate.numerator, rate.denominator


def gmv(measured: Measured) -> Section:
    if measured.row is None:
        return Section("gmv_driver")
    sides = []
    for window in (measured.row.before, measured.row.after):
        buyers, money = (reading(MEASURES[key], measured.counts, window) for key in ("group_buyers", "group_gmv"))
        if not buyers.top or not money.top or buyers.valid < buyers.due or money.valid < money.due:
            return Section("gmv_driver", missing="未采集：买家数或成交额有缺失，不做归因")
        sides.append((buyers.top, Fraction(money.top, 100)))
    (buyers0, gmv0), (buyers1, gmv1) = sides
    parts = contributions({"买家数": buyers0, "客单价": gmv0 / buyers0}, {"买家数": buyers1, "客单价": gmv1 / buyers1})
    shown = [["基线", float(gmv0)], *([name, float(amount)] for name, amount in parts.items()), ["服务期", float(gmv1)]]
    rows = tuple((name, f"{rounded(Decimal(str(amount)), 2)} 元") for name, amount in shown)
    note = "LMDI 分解，只说各因素对应的金额，不说明原因"
    return Section(
        "gmv_driver",
        (
            Picture("waterfall", "社群 GMV 的变化从哪里来", note, {"steps": shown}),
            Table(("因素", "金额"), rows, numbers=(1,)),
        ),
        sources=(_source_of(measured, "GMV 归因", "calc_gmv"),),
    )


def method(measured: Measured) -> Section:
    if measured.row is None:
        return Section("method", missing="未采集：还没有约定对比窗口和指标")
    rows = tuple(
        (
            change.measure.title,
            f"{change.before.valid}/{change.before.due} 天",
            f"{change.after.valid}/{change.after.due} 天",
            basis_text(change.before) or "—",
            "；".join(change.notes) or "—",
        )
        for change in measured.changes
    )
    moves = tuple(f"{one['was']}，{one['by']}：{one['reason']}" for one in measured.row.moves)
    happened = tuple((one.kind.title, one.title, f"{one.first} 至 {one.last}") for one in measured.happened)
    said = (
        f"对比窗口：{windows_text(measured)}，由{measured.row.locked_by_name}在看结果之前锁定。",
        f"数据版本：{measured.version}。缺失的日子不补数；有效日低于 80% 不给百分比，80%–95% 加注。",
        "区间按日数据估计：计数用过散校正的比率区间，率用日级比率区间。区间含 0 只说「在波动范围内，不能断定」，买家不足 30 人只列数值。",
        "同一时期发生的事（节假日、大促、活动、解散老群）照实列出；变化是「服务期内」的变化，不等于由服务带来。",
    )
    blocks: list[Any] = [
        Words(said),
        Table(("指标", "基线有效", "服务期有效", "分子 ÷ 分母", "说明"), rows, numbers=(1, 2), caption="口径与覆盖"),
    ]
    if happened:
        blocks.append(Table(("类别", "事件", "日期"), happened, caption="窗口内发生的事"))
    if moves:
        blocks.append(Words(moves, heading="窗口改动记录"))
    return Section("method", tuple(blocks), sources=_sources(measured))


def appendix(measured: Measured) -> tuple[dict[str, Any], ...]:
    """Day by day what the comparison was made of; a missing day is said to be missing."""
    if measured.row is None:
        return ()
    fields = [
        field for field in measured.counts if any(value is not None for value in measured.counts[field].values())
    ][:8]
    if not fields:
        return ()
    titles = [_field_title(field) for field in fields]
    rows = [
        [day.isoformat(), *(_daily(field, measured.counts[field].get(day)) for field in fields)]
        for day in measured.whole.dates()
    ]
    head = ["日期", *({"text": title, "num": True} for title in titles)]
    return ({"title": "日数据", "head": head, "rows": rows},)


def lowest_coverage(measured: Measured) -> tuple[str, int, int] | None:
    """(measure, valid, due) of the reading with the smallest share of known days."""
    sides = [
        (change.measure.title, side.valid, side.due)
        for change in measured.changes
        for side in (change.before, change.after)
        if side.due
    ]
    return min(sides, key=lambda one: Fraction(one[1], one[2])) if sides else None


def _row(change: Change) -> tuple[str, ...]:
    measure = change.measure
    return (
        measure.title,
        figure_text(measure, change.before.figure),
        figure_text(measure, change.after.figure),
        change_text(change),
        interval_text(change),
        change.verdict.title,
    )


def _without_campaigns(measured: Measured) -> list[Table]:
    left_out = campaign_days(measured.campaigns)
    if not left_out:
        return []
    windows = measured.row.before, measured.row.after
    found = []
    for change in measured.changes:
        sides = [reading(change.measure, measured.counts, window, leave_out=left_out) for window in windows]
        found.append((change.measure.title, change_text(change), change_text(compared(*sides))))
    days = "、".join(str(sum(day in window for day in left_out)) for window in windows)
    caption = f"剔除活动日再比一次（两段各剔除 {days} 天），看变化是不是只靠活动"
    return [Table(("指标", "变化", WITHOUT), tuple(found), numbers=(1, 2), caption=caption)]


def _by_months(measured: Measured) -> list[Table]:
    """The same measures by calendar months: why windows are locked before anybody looks. Source: domain H4."""
    months = last_months(measured.whole)
    if months is None or months == (measured.row.before, measured.row.after):
        return []
    rows, same = [], True
    for change in measured.changes:
        found = compared(*(reading(change.measure, measured.counts, month) for month in months), judged=False)
        if found.percent is not None and change.percent is not None:
            same = same and (found.percent > 0) == (change.percent > 0)
        noted = "；".join(note.replace("基线", f"{months[0].first.month} 月") for note in found.notes if "覆盖" in note)
        rows.append(
            (
                change.measure.title,
                *(figure_text(change.measure, side.figure) for side in (found.before, found.after)),
                _change_of_totals(found),
                change_text(found),
                noted or "—",
            )
        )
    head = ("指标", *(f"{one.first.month} 月（{one.days} 天）" for one in months), "合计变化", "日均或率的变化", "说明")
    told = "方向一致、幅度不同" if same else "方向不全一致"
    caption = f"换成自然月再看一次：和约定的窗口{told}，所以窗口要先锁定再看数"
    return [Table(head, tuple(rows), numbers=(1, 2, 3, 4), caption=caption)]


def _change_of_totals(found: Change) -> str:
    """Only of what is added up, and only where no day is missing."""
    sides = found.before, found.after
    if found.measure.shape is not Shape.SUM or any(side.valid < side.due or not side.top for side in sides):
        return MISSING
    return f"{signed(Fraction(found.after.top * 100, found.before.top) - 100, 1)}%"


def _bars(measured: Measured) -> Picture:
    pairs = [
        {
            "name": change.measure.title,
            "before": _drawn(change.measure, change.before.figure) if change.obstacle is None else None,
            "after": _drawn(change.measure, change.after.figure) if change.obstacle is None else None,
            "range": _drawn_range(change),
            "unit": CHART_UNITS.get(change.measure.unit, "count"),
        }
        for change in measured.changes[:BARS_SHOWN]
    ]
    clear = sum(change.verdict is Verdict.CLEAR for change in measured.changes)
    title = f"{len(measured.changes)} 项约定指标里 {clear} 项变化明确"
    note = f"指数化，基线 = 100；细线为 95% 区间；{windows_text(measured)}"
    return Picture("bars", title, note, {"pairs": pairs})


def _drawn_range(change: Change) -> list[float] | None:
    """The interval of the change, at the height of the bar; changes in points have none of that kind."""
    found, before = change.interval, _drawn(change.measure, change.before.figure)
    if found is None or found.in_points or before is None or change.before.due != change.after.due:
        return None
    return [round(before * (1 + float(edge) / 100), 4) for edge in (found.low, found.high)]


def _line(measured: Measured, change: Change) -> Picture:
    measure = change.measure
    days = list(measured.whole.dates())
    values = [_drawn(measure, reading(measure, measured.counts, Window(day, day)).figure) for day in days]
    before, after = measured.row.before, measured.row.after
    windows = [
        [days.index(before.first), days.index(before.last), "基线"],
        [days.index(after.first), days.index(after.last), "服务期"],
    ]
    data = {
        "name": f"{measure.title}，按日",
        "labels": [f"{day.month}/{day.day}" for day in days],
        "values": values,
        "windows": windows,
        "unit": CHART_UNITS.get(measure.unit, "count"),
    }
    return Picture("line", sentence(change), "按日；阴影为两个对比窗口；断线处当天缺数", data)


def trend_of(measured: Measured, measure: Measure) -> tuple[float | None, ...]:
    """By weeks, for the small line on a card."""
    return tuple(_drawn(measure, week.figure) for week in weeks(measure, measured.counts, measured.whole))


def _source_of(measured: Measured, name: str, metric: str) -> Source:
    return Source(name, metric, windows_text(measured), measured.version, "comparison.show")


def _sources(measured: Measured) -> tuple[Source, ...]:
    return tuple(_source_of(measured, change.measure.title, change.measure.key) for change in measured.changes)


def _drawn(measure: Measure, figure: Fraction | None) -> float | None:
    if figure is None:
        return None
    if measure.unit is Unit.SHARE:
        return round(float(figure * 100), 4)
    return round(float(figure / 100 if measure.unit is Unit.FEN else figure), 4)


def _count(value: int | None) -> str:
    return MISSING if value is None else rounded(value, 0)


def _daily(field: str, value: int | None) -> str:
    if value is None:
        return "缺"
    return rounded(Fraction(value, 100), 2) if "gmv" in field else rounded(value, 0)


def _field_title(field: str) -> str:
    return FIELD_TITLES[field].title if field in FIELD_TITLES else field


def _span(window: Window) -> str:
    return f"{window.first} 至 {window.last}"
