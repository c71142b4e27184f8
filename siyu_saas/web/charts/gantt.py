"""Tasks and milestones over weeks: what is planned, how far it is, what is late and what has slipped."""

from dataclasses import dataclass
from datetime import date, timedelta

from siyu_saas.web.charts.calendar_strip import TODAY, CalendarStrip
from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.symbols import draw_warning
from siyu_saas.web.filters.times import day_range

NARROW = 480
NARROW_ROW, WIDE_ROW = 50, 34
HEADER = 32
BAR = 16
SMALL = 11
LATE = "逾期"


@dataclass(frozen=True)
class Row:
    """`end` is the last day of work; a milestone has only `start`. `progress` is a share from 0 to 1.

    `agreed` are the start and end that both sides signed, drawn as a ghost when they differ from the present ones.
    """

    key: str
    name: str
    start: date
    end: date | None = None
    progress: float = 0.0
    late: bool = False
    agreed: tuple[date, date] | None = None

    @property
    def milestone(self) -> bool:
        return self.end is None

    @property
    def last_day(self) -> date:
        return self.end or self.start

    @property
    def done_share(self) -> float:
        return max(0.0, min(1.0, self.progress))

    @property
    def slip_days(self) -> int:
        return (self.last_day - self.agreed[1]).days if self.agreed else 0


@dataclass(frozen=True)
class GanttData:
    """`start` is the Monday of the first week shown; `today_name` is how a paper calls the day it was made on."""

    title: str
    rows: tuple[Row, ...]
    start: date
    weeks: int
    today: date
    today_name: str = TODAY


def gantt(data: GanttData, *, uid: str, width: float = 640, palette: Palette = PAGE, editable: bool = False) -> Chart:
    """`editable` makes each bar a slider that a keyboard reaches; `data-px` on the root is the width of a day."""
    head = ("任务", "日期", "进度", "状态")
    if not data.rows or data.weeks < 1:
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    narrow = width < NARROW
    names = 4 if narrow else min(max(text_width(row.name) for row in data.rows) + 14, width * 0.28)
    row_height = NARROW_ROW if narrow else WIDE_ROW
    legend = Legend(_entries(data), width)
    top = legend.height + HEADER
    strip = CalendarStrip(data.start, data.weeks, names, width - 8, top, top + row_height * len(data.rows) + 4)
    canvas = Canvas(width, strip.bottom + 18, uid=uid, palette=palette)
    legend.draw(canvas)
    strip.draw_weeks(canvas)
    strip.draw_today(canvas, data.today, data.today_name)
    for position, row in enumerate(data.rows):
        y = strip.top + position * row_height
        canvas.text(0, y + (16 if narrow else 21), row.name, room=width if narrow else names - 8, fill="ink")
        _draw_row(canvas, strip, row, y + (34 if narrow else 17), data, editable=editable)
    rows = tuple(_table_row(row, data.today) for row in data.rows)
    summary = f"{data.title}，共 {len(rows)} 项：" + "；".join(_sentence(row, data.today) for row in data.rows)
    marks = {"data_px": strip.day_width, "data_start": data.start.isoformat()} if editable else {}
    return canvas.finish(data.title, summary, Table(head, rows), role="group" if editable else "img", **marks)


def _entries(data: GanttData) -> tuple[Entry, ...]:
    entries = [Entry("已完成", "bar", "s1"), Entry("计划", "bar", "band")]
    if any(row.late for row in data.rows):
        entries.append(Entry(LATE, "striped", "alert"))
    if any(row.slip_days for row in data.rows):
        entries.append(Entry("原定", "line", "ink2", "3 2"))
    return tuple(entries)


def _draw_row(canvas: Canvas, strip: CalendarStrip, row: Row, y: float, data: GanttData, *, editable: bool) -> None:
    if row.agreed and row.slip_days:
        start, end = strip.span(*row.agreed)
        canvas.line(start, y + 12, end, y + 12, stroke="ink2", stroke_width=2, stroke_dasharray="3 2")
    canvas.open_group(**_handle(strip, row, data) if editable else {})
    draw = _draw_milestone if row.milestone else _draw_task
    left, right = draw(canvas, strip, row, y)
    canvas.close_group()
    _draw_note(canvas, row, (left, right), y, avoid=strip.today_line(data.today))


def _draw_task(canvas: Canvas, strip: CalendarStrip, row: Row, y: float) -> tuple[float, float]:
    start, end = strip.span(row.start, row.last_day)
    top = y - BAR / 2
    canvas.rect(start, top, end - start, BAR, rx=4, fill="band", stroke="s1", stroke_width=0.75, stroke_opacity=0.5)
    if row.done_share:
        draw, fill = (canvas.striped, "alert") if row.late else (canvas.rect, "s1")
        draw(start, top, (end - start) * row.done_share, BAR, rx=4, fill=fill)
    return start, end


def _draw_milestone(canvas: Canvas, strip: CalendarStrip, row: Row, y: float) -> tuple[float, float]:
    x = max(strip.left + 8, min(strip.right - 8, strip.at(row.start) + strip.day_width / 2))
    reached = row.done_share == 1
    corners = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
    stroke = "alert" if row.late and not reached else "ink"
    canvas.path(corners, close=True, fill="ink" if reached else "card", stroke=stroke, stroke_width=1.75)
    return x - 8, x + 8


def _draw_note(canvas: Canvas, row: Row, sides: tuple[float, float], y: float, *, avoid: float | None) -> None:
    """「⚠ 逾期 · +3 天」 after the bar; before it, or past today, where the edge or the line of today would be in the way."""
    slip = f"{row.slip_days:+d} 天" if row.slip_days else ""
    words = " · ".join(filter(None, (LATE if row.late else "", slip)))
    if not words:
        return
    icon = 17 if row.late else 0
    needed = text_width(words, SMALL) + icon + 6
    places = (sides[1] + 6, sides[0] - needed, (avoid or 0) + 5)
    inside = [x for x in places if x >= 0 and x + needed <= canvas.width] or [max(0.0, canvas.width - needed)]
    x = next((x for x in inside if avoid is None or not x - 3 <= avoid <= x + needed), inside[0])
    if row.late:
        draw_warning(canvas, x, y - 7)
    canvas.text(x + icon, y + 4, words, size=SMALL, fill="alert" if row.late else "ink2", font_weight=600)


def _handle(strip: CalendarStrip, row: Row, data: GanttData) -> dict[str, object]:
    days = data.weeks * 7
    return {
        "tabindex": 0,
        "role": "slider",
        "aria_label": row.name,
        "aria_orientation": "horizontal",
        "aria_valuemin": 0,
        "aria_valuemax": days,
        "aria_valuenow": max(0, min(days, (row.start - strip.start).days)),
        "aria_valuetext": _sentence(row, data.today),
        "data_task": row.key,
        "data_from": row.start.isoformat(),
        "data_until": row.last_day.isoformat(),
    }


def _table_row(row: Row, today: date) -> tuple[str, str, str, str]:
    return row.name, day_range(row.start, row.last_day, today=today), _progress(row), _state(row, today)


def _sentence(row: Row, today: date) -> str:
    name, days, progress, state = _table_row(row, today)
    return "，".join(filter(None, (name, days, "" if row.milestone else f"完成 {progress}", state)))


def _progress(row: Row) -> str:
    if row.milestone:
        return "里程碑"
    return f"{int(row.done_share * 100 + 0.5)}%"


def _state(row: Row, today: date) -> str:
    slip = f"，比原定{'晚' if row.slip_days > 0 else '早'} {abs(row.slip_days)} 天" if row.slip_days else ""
    if row.done_share == 1:
        return f"{'已达成' if row.milestone else '已完成'}{slip}"
    if row.late:
        return LATE + slip
    return ("未开始" if row.start > today else "未达成" if row.milestone else "进行中") + slip


def monday_of(day: date) -> date:
    """The Monday on or before `day`, for `GanttData.start`."""
    return day - timedelta(days=day.weekday())
