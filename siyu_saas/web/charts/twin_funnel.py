"""Two funnels of the same stages back to back: before to the left, after to the right, on one scale."""

from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import PEOPLE, Unit
from siyu_saas.web.filters.numbers import percent

BAR, ROW = 20, 44


@dataclass(frozen=True)
class TwinStage:
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class TwinFunnelData:
    title: str
    stages: tuple[TwinStage, ...]
    before_name: str = "基线"
    after_name: str = "服务期"
    unit: Unit = PEOPLE


def twin_funnel(data: TwinFunnelData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("阶段", data.before_name, "上一步到此", data.after_name, "上一步到此")
    counts = [count for stage in data.stages for count in (stage.before, stage.after) if count is not None]
    if not counts:
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    legend = Legend((Entry(data.before_name, "striped", "s2"), Entry(data.after_name, "bar", "s1")), width)
    rows = tuple(
        (stage.name, *_told(data, at, "before"), *_told(data, at, "after")) for at, stage in enumerate(data.stages)
    )
    side = min(max(text_width(_label(pair)) for row in rows for pair in (row[1:3], row[3:])) + 10, width * 0.34)
    canvas = Canvas(width, legend.height + len(data.stages) * ROW, uid=uid, palette=palette)
    middle, room, largest = width / 2, width / 2 - side, max(*counts, 1)
    for at, (stage, row) in enumerate(zip(data.stages, rows, strict=True)):
        top = legend.height + at * ROW + 18
        canvas.text(middle, top - 5, stage.name, anchor="middle", fill="ink")
        for count, pair, sign in ((stage.before, row[1:3], -1), (stage.after, row[3:], 1)):
            length = float(Fraction(max(count or 0, 0), largest)) * room
            x = middle - length if sign < 0 else middle
            if sign < 0:
                canvas.striped(x, top, length, BAR, fill="s2")
            else:
                canvas.rect(x, top, length, BAR, fill="s1")
            end, anchor = (middle + sign * (length + 8)), "end" if sign < 0 else "start"
            canvas.text(end, top + 14, _label(pair), anchor=anchor, fill="ink", font_weight=600)
        canvas.line(middle, top - 1, middle, top + BAR + 1, stroke="ink2")
    legend.draw(canvas)
    summary = "；".join(f"{row[0]} {_label(row[1:3])} → {_label(row[3:])}" for row in rows)
    return canvas.finish(data.title, summary, Table(head, rows))


def _told(data: TwinFunnelData, at: int, side: str) -> tuple[str, str]:
    count = getattr(data.stages[at], side)
    passed = percent(count, getattr(data.stages[at - 1], side)) if at else ""
    return data.unit.text(count), passed


def _label(pair: tuple[str, ...]) -> str:
    return " · ".join(filter(None, pair))
