"""How many are left at each stage, what share goes on, and where most are lost."""

from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.symbols import draw_warning
from siyu_saas.web.charts.units import PEOPLE, Unit
from siyu_saas.web.filters.numbers import percent

BAR, GAP = 26, 22
WEAKEST = "最弱一步"


@dataclass(frozen=True)
class Stage:
    name: str
    count: int | None


@dataclass(frozen=True)
class FunnelData:
    """`weakest` is the position of the stage with the poorest step into it; None takes the lowest rate."""

    title: str
    stages: tuple[Stage, ...]
    unit: Unit = PEOPLE
    weakest: int | None = None


def funnel(data: FunnelData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("阶段", "数量", "上一阶段到此")
    if all(stage.count is None for stage in data.stages):
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    canvas = Canvas(width, len(data.stages) * (BAR + GAP) - GAP + 4, uid=uid, palette=palette)
    names = min(max(text_width(stage.name) for stage in data.stages) + 12, width * 0.3)
    counts = min(max(text_width(data.unit.text(stage.count)) for stage in data.stages) + 12, width * 0.3)
    left, right = names, width - counts
    widths = _widths(data, right - left)
    weakest = _weakest(data)
    for position, stage in enumerate(data.stages):
        top = 2 + position * (BAR + GAP)
        _draw_stage(canvas, stage, data.unit, top, widths[position], (left, right))
        if position:
            _draw_step(canvas, data, position, top - GAP, widths, (left, right), weakest=position == weakest)
    rows = tuple((stage.name, data.unit.text(stage.count), _rate(data, i)) for i, stage in enumerate(data.stages))
    return canvas.finish(data.title, _summary(data, weakest), Table(head, rows))


def _widths(data: FunnelData, room: float) -> list[float]:
    largest = max((stage.count for stage in data.stages if stage.count is not None), default=0)
    if largest <= 0:
        return [0.0] * len(data.stages)
    return [float(Fraction(max(stage.count or 0, 0), largest)) * room for stage in data.stages]


def _draw_stage(
    canvas: Canvas, stage: Stage, unit: Unit, top: float, length: float, sides: tuple[float, float]
) -> None:
    left, right = sides
    canvas.text(0, top + 18, stage.name, room=left - 8, fill="ink")
    canvas.text(canvas.width, top + 18, unit.text(stage.count), anchor="end", fill="ink", font_weight=600)
    if stage.count is None:
        canvas.line(left, top + BAR / 2, right, top + BAR / 2, stroke="ink2", stroke_dasharray="2 4")
        return
    length = max(length, 2) if stage.count > 0 else length
    canvas.rect((left + right - length) / 2, top, length, BAR, rx=3, fill="s1")


def _draw_step(
    canvas: Canvas,
    data: FunnelData,
    position: int,
    top: float,
    widths: list[float],
    sides: tuple[float, float],
    *,
    weakest: bool,
) -> None:
    """The slope between two stages with the share that passes it."""
    if data.stages[position].count is None or data.stages[position - 1].count is None:
        return
    middle, foot = sum(sides) / 2, top + GAP
    upper, lower = widths[position - 1] / 2, widths[position] / 2
    slope = [(middle - upper, top), (middle + upper, top), (middle + lower, foot), (middle - lower, foot)]
    canvas.path(slope, close=True, fill="band")
    words = f"{WEAKEST} {_rate(data, position)}" if weakest else _rate(data, position)
    if not weakest:
        canvas.text(middle, top + 15, words, size=11, anchor="middle", fill="ink")
        return
    draw_warning(canvas, middle - text_width(words) / 2 - 16, top + 4)
    canvas.text(middle, top + 15, words, anchor="middle", fill="alert", font_weight=700)


def _weakest(data: FunnelData) -> int | None:
    if data.weakest is not None:
        return data.weakest
    known = [
        (share, position) for position in range(1, len(data.stages)) if (share := _share(data, position)) is not None
    ]
    return min(known)[1] if len(known) > 1 else None


def _share(data: FunnelData, position: int) -> Fraction | None:
    before, here = data.stages[position - 1].count, data.stages[position].count
    return Fraction(here, before) if before and here is not None else None


def _rate(data: FunnelData, position: int) -> str:
    return percent(data.stages[position].count, data.stages[position - 1].count) if position else ""


def _summary(data: FunnelData, weakest: int | None) -> str:
    sentences = []
    for position, stage in enumerate(data.stages):
        passed = f"（{_rate(data, position)}）" if position else ""
        sentences.append(f"{stage.name} {data.unit.text(stage.count)}{passed}")
    if weakest is not None:
        sentences.append(f"{WEAKEST}：{data.stages[weakest - 1].name}到{data.stages[weakest].name}")
    return "；".join(sentences)
