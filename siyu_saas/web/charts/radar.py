"""Maturity on three to eight axes from 0 to 100; never for money."""

from dataclasses import dataclass
from math import cos, pi, sin

from siyu_saas.web.charts.canvas import Canvas, Chart, Table
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.line import Series
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import SCORE, Amount, drawn
from siyu_saas.web.filters.numbers import MISSING, ONE

AXES_LIMIT = 8
RINGS = (25, 50, 75, 100)
LOOKS = (("s1", None), ("s2", "5 4"))


@dataclass(frozen=True)
class RadarData:
    """The first series is drawn solid (now), the second dashed (then). Values beyond 0 to 100 are held at the rim."""

    title: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self):
        if len(self.axes) > AXES_LIMIT:
            raise ValueError(f"a radar with more than {AXES_LIMIT} axes cannot be read")
        if len(self.series) > len(LOOKS):
            raise ValueError("a radar compares two series at most")
        if any(len(series.values) != len(self.axes) for series in self.series):
            raise ValueError("every series needs one value per axis")


@dataclass(frozen=True)
class Dial:
    x: float
    y: float
    radius: float
    axes: int

    def at(self, axis: int, share: float) -> tuple[float, float]:
        angle = 2 * pi * axis / self.axes
        return self.x + self.radius * share * sin(angle), self.y - self.radius * share * cos(angle)

    def ring(self, share: float) -> list[tuple[float, float]]:
        return [self.at(axis, share) for axis in range(self.axes)]


def radar(data: RadarData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("维度", *(series.name for series in data.series))
    if all(drawn(value) is None for series in data.series for value in series.values):
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    legend = Legend(tuple(Entry(s.name, "line", *look) for s, look in zip(data.series, LOOKS, strict=False)), width)
    radius = min(110.0, width / 2 - 76)
    dial = Dial(width / 2, legend.height + radius + 44, radius, len(data.axes))
    canvas = Canvas(width, dial.y + radius + 44, uid=uid, palette=palette)
    _draw_net(canvas, dial)
    for series, (colour, dash) in reversed(list(zip(data.series, LOOKS, strict=False))):
        _draw_series(canvas, dial, series.values, colour, dash)
    for axis, name in enumerate(data.axes):
        _draw_name(canvas, dial, axis, name, _scores(data, axis))
    legend.draw(canvas)
    rows = tuple((name, *(SCORE.text(s.values[i]) for s in data.series)) for i, name in enumerate(data.axes))
    summary = "；".join(f"{name} {_scores(data, axis)}" for axis, name in enumerate(data.axes))
    order = (
        "（先后为" + "、".join(series.name for series in reversed(data.series)) + "）" if len(data.series) > 1 else ""
    )
    return canvas.finish(data.title, f"{data.title}{order}：{summary}", Table(head, rows))


def _draw_net(canvas: Canvas, dial: Dial) -> None:
    for ring in RINGS:
        canvas.path(dial.ring(ring / 100), close=True, stroke="line")
    for axis in range(dial.axes):
        canvas.line(dial.x, dial.y, *dial.at(axis, 1), stroke="line")
    for ring in (50, 100):
        x, y = dial.at(0, ring / 100)
        canvas.text(x + 3, y + 10, ring, size=9)


def _draw_series(canvas: Canvas, dial: Dial, values: tuple[Amount | None, ...], colour: str, dash: str | None) -> None:
    """Closed and tinted when complete; with a value missing only the sides between known neighbours are drawn."""
    corners = [None if drawn(value) is None else dial.at(i, _share(value)) for i, value in enumerate(values)]
    stroke = {"stroke": colour, "stroke_width": 2, "stroke_dasharray": dash, "stroke_linejoin": "round"}
    if None not in corners:
        tint = {} if dash else {"fill": colour, "fill_opacity": 0.14}
        canvas.path(corners, close=True, **tint, **stroke)
    else:
        for corner, following in zip(corners, [*corners[1:], corners[0]], strict=True):
            if corner and following:
                canvas.path([corner, following], **stroke)
    for corner in filter(None, corners):
        canvas.circle(*corner, 3, fill="card" if dash else colour, stroke=colour, stroke_width=1.5)


def _draw_name(canvas: Canvas, dial: Dial, axis: int, name: str, scores: str) -> None:
    x, y = dial.at(axis, 1 + 14 / dial.radius)
    if abs(x - dial.x) < 12:
        anchor, y = "middle", y - 12 if y < dial.y else y + 10
    else:
        anchor, y = "start" if x > dial.x else "end", y
    canvas.text(x, y, name, anchor=anchor, fill="ink", font_weight=600)
    canvas.text(x, y + 15, scores, size=11, anchor=anchor)


def _scores(data: RadarData, axis: int) -> str:
    """「52 → 68」, earlier first."""
    return " → ".join(_bare(series.values[axis]) for series in reversed(data.series))


def _bare(value: Amount | None) -> str:
    return MISSING if drawn(value) is None else SCORE.bare(value, ONE)


def _share(value: Amount) -> float:
    return max(0.0, min(100.0, drawn(value))) / 100
