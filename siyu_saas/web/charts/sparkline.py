"""A course without axes, the size of a word."""

from dataclasses import dataclass
from itertools import groupby

from siyu_saas.web.charts.axis import Axis
from siyu_saas.web.charts.canvas import Canvas, Chart, Table
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import COUNT, Amount, Unit, drawn

HEIGHT = 28


@dataclass(frozen=True)
class SparklineData:
    """`labels` name the values in the table; without them they are counted."""

    title: str
    values: tuple[Amount | None, ...]
    unit: Unit = COUNT
    labels: tuple[str, ...] = ()


def sparkline(data: SparklineData, *, uid: str, width: float = 88, palette: Palette = PAGE) -> Chart:
    amounts = [drawn(value) for value in data.values]
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return nothing(data.title, ("时间", "数值"), uid=uid, width=width, palette=palette, height=HEIGHT)
    axis = _axis(known, data.unit)
    canvas = Canvas(width, HEIGHT, uid=uid, palette=palette)
    pitch = (width - 10) / max(1, len(amounts) - 1)
    places = [None if amount is None else (4 + pitch * i, axis.at(amount)) for i, amount in enumerate(amounts)]
    for present, group in groupby(places, key=lambda place: place is not None):
        points = list(group)
        if present and len(points) > 1:
            canvas.path(points, stroke="ink2", stroke_width=1.5, stroke_linejoin="round")
        elif present:
            canvas.circle(*points[0], 1.5, fill="ink2")
    if places[-1]:
        canvas.circle(*places[-1], 2.5, fill="s1")
    labels = data.labels or tuple(f"第 {i + 1} 个" for i in range(len(amounts)))
    rows = tuple((label, data.unit.text(value)) for label, value in zip(labels, data.values, strict=True))
    summary = f"{data.title}：" + "，".join(text for _, text in rows)
    return canvas.finish(data.title, summary, Table(("时间", "数值"), rows), kind="sparkline")


def _axis(known: list[float], unit: Unit) -> Axis:
    """From the lowest to the highest; equal values lie in the middle."""
    low, high = min(known), max(known)
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        margin = max(abs(low), 1.0)
        low, high = low - margin, high + margin
    return Axis((low, high), unit, unit.scale(known), HEIGHT - 4, 4)
