"""Qualities between two poles, before and after, on a scale from 0 to 10, or to another `highest`."""

from dataclasses import dataclass

from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import Amount, Unit, drawn

LOW, STEPS = 0, 10
ROW = 56
SCORE = Unit("", 0)


@dataclass(frozen=True)
class Slider:
    """`low_end` and `high_end` say what 0 and the highest mean."""

    name: str
    low_end: str
    high_end: str
    before: Amount | None
    after: Amount | None


@dataclass(frozen=True)
class SlidersData:
    title: str
    sliders: tuple[Slider, ...]
    before_name: str = "辅导前"
    after_name: str = "辅导后"
    highest: int = 10


def sliders(data: SlidersData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("维度", data.before_name, data.after_name)
    if all(drawn(value) is None for slider in data.sliders for value in (slider.before, slider.after)):
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    legend = Legend((Entry(data.before_name, "ring", "s2"), Entry(data.after_name, "bar", "s1")), width)
    canvas = Canvas(width, legend.height + ROW * len(data.sliders) + 4, uid=uid, palette=palette)
    for position, slider in enumerate(data.sliders):
        _draw(canvas, slider, legend.height + position * ROW, data.highest)
    legend.draw(canvas)
    rows = tuple((s.name, SCORE.text(s.before), SCORE.text(s.after)) for s in data.sliders)
    summary = "；".join(f"{name} {before} → {after}" for name, before, after in rows)
    return canvas.finish(data.title, f"{data.title}（0 到 {data.highest}）：{summary}", Table(head, rows))


def _draw(canvas: Canvas, slider: Slider, top: float, highest: int) -> None:
    """Name and scores on one line, the track below with its poles at the ends."""
    scores = f"{SCORE.text(slider.before)} → {SCORE.text(slider.after)}"
    canvas.text(0, top + 20, slider.name, fill="ink", font_weight=600, room=canvas.width - text_width(scores) - 12)
    canvas.text(canvas.width, top + 20, scores, anchor="end", fill="ink")
    y, ends = top + 40, min(canvas.width * 0.24, 110)
    canvas.text(0, y + 4, slider.low_end, size=11, room=ends - 12)
    canvas.text(canvas.width, y + 4, slider.high_end, size=11, anchor="end", room=ends - 12)
    left, right = ends, canvas.width - ends
    canvas.line(left, y, right, y, stroke="line", stroke_width=4, stroke_linecap="round")
    for step in range(STEPS + 1):
        x = left + (right - left) * step / STEPS
        canvas.line(x, y + 5, x, y + 8, stroke="ink2", stroke_width=1 if step % 5 else 1.75)
    before, after = (
        None if drawn(v) is None else _place(v, highest, left, right) for v in (slider.before, slider.after)
    )
    if before is not None and after is not None:
        canvas.line(before, y, after, y, stroke="s1", stroke_width=4)
    if after is not None:
        canvas.circle(after, y, 6.5, fill="s1")
    if before is not None:
        canvas.circle(before, y, 4.5, fill="card", stroke="s2", stroke_width=2.5)


def _place(value: Amount, highest: int, left: float, right: float) -> float:
    share = max(LOW, min(highest, drawn(value))) / highest
    return left + share * (right - left)
