"""How far several targets are, each on its own scale: all bars begin at 0 % and all marks stand at 100 %."""

from dataclasses import dataclass

from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import Amount, drawn

ROW, BAR, HEAD = 24, 10, 16
MOST, GOAL = 150.0, 100.0


@dataclass(frozen=True)
class Degree:
    """`percent` may be missing; `told` is what stands behind the bar."""

    name: str
    percent: Amount | None
    told: str


@dataclass(frozen=True)
class DegreesData:
    title: str
    rows: tuple[Degree, ...]


def degrees(data: DegreesData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("目标", "达成度")
    if not data.rows:
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    left = min(max(text_width(row.name) for row in data.rows) + 12, width * 0.34)
    right = width - min(max(text_width(row.told) for row in data.rows) + 12, width * 0.36)
    canvas = Canvas(width, HEAD + len(data.rows) * ROW, uid=uid, palette=palette)
    goal = left + (right - left) * GOAL / MOST
    canvas.text(goal, 11, "目标 100%", size=10, anchor="middle")
    for place, row in enumerate(data.rows):
        top = HEAD + place * ROW + (ROW - BAR) / 2
        canvas.text(0, top + 9, row.name, room=left - 8, fill="ink")
        canvas.rect(left, top, right - left, BAR, fill="band")
        if (percent := drawn(row.percent)) is not None:
            canvas.rect(left, top, (right - left) * max(0.0, min(percent, MOST)) / MOST, BAR, fill="s1")
        canvas.rect(goal - 1.25, top - 4, 2.5, BAR + 8, fill="mark")
        canvas.text(width, top + 9, row.told, anchor="end", room=width - right - 4, fill="ink", font_weight=600)
    rows = tuple((row.name, row.told) for row in data.rows)
    return canvas.finish(data.title, "；".join(f"{name} {told}" for name, told in rows), Table(head, rows))
