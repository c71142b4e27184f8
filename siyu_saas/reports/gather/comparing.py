"""Before and after: the agreed measures, without campaigns, by calendar months, and drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from siyu_saas.metrics.rules.comparison import Change, Verdict
from siyu_saas.metrics.rules.comparison import compare as compared
from siyu_saas.metrics.rules.confounders import campaign_days
from siyu_saas.metrics.rules.measures import Shape, Unit
from siyu_saas.metrics.rules.orders import rows_of
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Window, last_months
from siyu_saas.metrics.rules.wording import change_text, conclusion, figure_text, interval_text, sentence
from siyu_saas.reports.rules.shape import Picture, Section, Table
from siyu_saas.web.filters.numbers import MISSING, signed

from .measured import NOT_AGREED, Measured, drawn, sources_of, windows_text

CHART_UNITS = {Unit.SHARE: "percent", Unit.FEN: "yuan", Unit.PEOPLE: "people"}
BARS_SHOWN = 6
WITHOUT = "剔除活动日后"


def compare(measured: Measured) -> Section:
    if not measured.changes:
        return Section("compare", missing=NOT_AGREED)
    rows = tuple(_row(change) for change in measured.changes)
    head = ("指标", "基线", "服务期", "变化", "95% 区间", "判断")
    blocks: list[Any] = [
        _bars(measured),
        Table(head, rows, numbers=(1, 2, 3, 4), caption="先约定、后对比；区间含 0 的只说「在波动范围内」"),
        *_orders(measured),
    ]
    blocks += [_line(measured, change) for change in measured.headline()[:2]]
    blocks += [*_without_campaigns(measured), *_by_months(measured)]
    draft = measured.row.conclusion or conclusion(measured.changes, measured.happened)
    return Section("compare", tuple(blocks), draft=draft, sources=sources_of(measured))


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


def _orders(measured: Measured) -> list[Table]:
    """Beside the mean of a buyer, which a single large order bends."""
    if not any(measured.sizes):
        return []
    caption = "一张大单会拉高客单价，所以同看中位数和最大单；只数导入的订单明细，单数和按日的买家数不同源"
    return [Table(("订单明细", "基线", "服务期"), rows_of(measured.sizes), numbers=(1, 2), caption=caption)]


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
            "before": drawn(change.measure, change.before.figure) if change.obstacle is None else None,
            "after": drawn(change.measure, change.after.figure) if change.obstacle is None else None,
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
    found, before = change.interval, drawn(change.measure, change.before.figure)
    if found is None or found.in_points or before is None or change.before.due != change.after.due:
        return None
    return [round(before * (1 + float(edge) / 100), 4) for edge in (found.low, found.high)]


def _line(measured: Measured, change: Change) -> Picture:
    measure = change.measure
    days = list(measured.whole.dates())
    values = [drawn(measure, reading(measure, measured.counts, Window(day, day)).figure) for day in days]
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
