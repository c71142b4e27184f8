"""Amounts over time, with the industry's band, the target, and what happened when."""

from dataclasses import dataclass
from itertools import groupby

from siyu_saas.web.charts.axis import Axis, axis_for
from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.timeline import Timeline
from siyu_saas.web.charts.units import COUNT, Amount, Unit, drawn

COLOURS = ("s1", "s2", "s3", "s4", "s5")
DASHES = (None, "6 4", "2 3", "9 3 2 3", "1 4")
NARROW = 480
DOTS_UP_TO = 16


@dataclass(frozen=True)
class Series:
    """One value per label; None is a gap in the line."""

    name: str
    values: tuple[Amount | None, ...]


@dataclass(frozen=True)
class Band:
    low: Amount
    high: Amount
    name: str = "行业 P25–P75"


@dataclass(frozen=True)
class Mark:
    """A vertical line at the label with this position, such as 陪跑开始."""

    at: int
    name: str


@dataclass(frozen=True)
class Window:
    """A shaded stretch from one label's position to another's, both included."""

    first: int
    last: int
    name: str


@dataclass(frozen=True)
class LineData:
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = COUNT
    band: Band | None = None
    target: Amount | None = None
    marks: tuple[Mark, ...] = ()
    windows: tuple[Window, ...] = ()
    from_zero: bool = False

    def __post_init__(self):
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError("every series needs one value per label")
        if len(self.series) > len(COLOURS):
            raise ValueError(f"a line chart tells {len(COLOURS)} series apart")


def line(data: LineData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("日期", *(series.name for series in data.series))
    if all(drawn(value) is None for series in data.series for value in series.values):
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    narrow = width < NARROW
    legend = Legend(_entries(data), width)
    axis = axis_for(_all_amounts(data), data.unit, most=4 if narrow else 5, from_zero=data.from_zero)
    top = legend.height + (36 if data.marks or data.windows or axis.caption else 22)
    height = top + (150 if narrow else 190) + 30
    axis = axis.placed(height - 30, top)
    left = max(map(text_width, axis.labels)) + 10
    right = width - max(16, text_width(data.labels[-1]) / 2 + 2)
    canvas = Canvas(width, height, uid=uid, palette=palette)
    timeline = Timeline(data.labels, min(left, width * 0.4), right, top, height - 30)
    timeline.draw_grid(canvas, axis)
    _draw_surroundings(canvas, data, axis, timeline)
    for position in reversed(range(len(data.series))):
        _draw_series(canvas, data, position, axis, timeline)
    _draw_last_values(canvas, data, axis, timeline)
    legend.draw(canvas)
    return canvas.finish(data.title, _summary(data), lambda: Table(head, _rows(data)))


def _entries(data: LineData) -> tuple[Entry, ...]:
    entries = [Entry(series.name, "line", COLOURS[i], DASHES[i]) for i, series in enumerate(data.series)]
    if data.band:
        entries.append(Entry(data.band.name, "bar", "band"))
    if drawn(data.target) is not None:
        entries.append(Entry(f"目标 {data.unit.text(data.target)}", "line", "mark", "10 3"))
    return tuple(entries)


def _all_amounts(data: LineData) -> list[Amount | None]:
    band = [data.band.low, data.band.high] if data.band else []
    return [value for series in data.series for value in series.values] + band + [data.target]


def _draw_surroundings(canvas: Canvas, data: LineData, axis: Axis, timeline: Timeline) -> None:
    if data.band:
        low, high = sorted((axis.at(drawn(data.band.low) or 0), axis.at(drawn(data.band.high) or 0)))
        canvas.rect(timeline.left, low, timeline.right - timeline.left, high - low, fill="band", fill_opacity=0.8)
    for window in data.windows:
        timeline.draw_window(canvas, window.first, window.last)
    for mark in data.marks:
        timeline.draw_mark(canvas, mark.at)
    timeline.draw_names(
        canvas,
        [(timeline.middle(window.first, window.last), window.name) for window in data.windows]
        + [(timeline.at(mark.at), mark.name) for mark in data.marks],
    )
    if (target := drawn(data.target)) is not None:
        y = axis.at(target)
        canvas.line(timeline.left, y, timeline.right, y, stroke="mark", stroke_width=1.5, stroke_dasharray="10 3")


def _draw_series(canvas: Canvas, data: LineData, position: int, axis: Axis, timeline: Timeline) -> None:
    colour, dash = COLOURS[position], DASHES[position]
    amounts = [drawn(value) for value in data.series[position].values]
    for known, group in groupby(enumerate(amounts), key=lambda pair: pair[1] is not None):
        if not known:
            continue
        points = [(timeline.at(index), axis.at(amount)) for index, amount in group]
        if len(points) > 1:
            canvas.path(points, stroke=colour, stroke_width=2.5, stroke_dasharray=dash, stroke_linejoin="round")
        dots = points if len(amounts) <= DOTS_UP_TO or len(points) == 1 else points[-1:]
        for x, y in dots:
            canvas.circle(x, y, 3, fill="card" if position else colour, stroke=colour, stroke_width=1.5)


def _draw_last_values(canvas: Canvas, data: LineData, axis: Axis, timeline: Timeline) -> None:
    """The last known value of up to two series; the higher one is named above its point, the lower one below."""
    if len(data.series) > 2:
        return
    last = [found for series in data.series if (found := _last_known(series)) is not None]
    last.sort(key=lambda found: axis.at(drawn(found[1])))
    for rank, (index, value) in enumerate(last):
        x, y = timeline.at(index), axis.at(drawn(value))
        below = rank == 1 or _hides_under_target(y, data, axis) or _falls(data, index, value)
        if below and y + 18 > timeline.bottom:
            below = False
        anchor = "end" if x > canvas.width * 0.8 else "middle"
        words = data.unit.label(value, axis.scale)
        canvas.text(x, y + 18 if below else y - 9, words, anchor=anchor, fill="ink", font_weight=600)


def _last_known(series: Series) -> tuple[int, Amount] | None:
    known = [(index, value) for index, value in enumerate(series.values) if drawn(value) is not None]
    return known[-1] if known else None


def _falls(data: LineData, index: int, value: Amount) -> bool:
    """A single line that comes down to its last point leaves no room above it."""
    values = data.series[0].values
    before = drawn(values[index - 1]) if len(data.series) == 1 and index else None
    return before is not None and before > drawn(value)


def _hides_under_target(y: float, data: LineData, axis: Axis) -> bool:
    target = drawn(data.target)
    return target is not None and 0 <= y - axis.at(target) < 22


def _rows(data: LineData) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (label, *(data.unit.text(series.values[index]) for series in data.series))
        for index, label in enumerate(data.labels)
    )


def _summary(data: LineData) -> str:
    sentences = [_course(series, data) for series in data.series]
    if data.band:
        sentences.append(f"{data.band.name} 为 {data.unit.text(data.band.low)} 至 {data.unit.text(data.band.high)}")
    if drawn(data.target) is not None:
        sentences.append(f"目标 {data.unit.text(data.target)}")
    sentences += [f"{mark.name}：{data.labels[mark.at]}" for mark in data.marks if 0 <= mark.at < len(data.labels)]
    return "；".join(sentences)


def _course(series: Series, data: LineData) -> str:
    known = [(index, value) for index, value in enumerate(series.values) if drawn(value) is not None]
    if not known:
        return f"{series.name} 无数据"
    (first, before), (last, now) = known[0], known[-1]
    sentence = f"{series.name} {data.labels[last]} {data.unit.text(now)}"
    if first != last:
        start = f"{data.labels[first]} {data.unit.text(before)}"
        sentence = f"{series.name} {start}，{data.labels[last]} {data.unit.text(now)}"
        sentence += f"，变化 {data.unit.difference(now, before)}"
    if gaps := len(series.values) - len(known):
        sentence += f"，其中 {gaps} 个时点无数据"
    return sentence
