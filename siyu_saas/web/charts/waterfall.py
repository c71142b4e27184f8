"""From one total to another: what each cause added or took away."""

from dataclasses import dataclass

from siyu_saas.web.charts.axis import axis_for
from siyu_saas.web.charts.canvas import Canvas, Chart, Table
from siyu_saas.web.charts.frame import Frame, frame_for
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import COUNT, Amount, Unit, drawn, exact
from siyu_saas.web.filters.numbers import MISSING, Scale, signed

UNEXPLAINED = "未解释"


@dataclass(frozen=True)
class Contribution:
    name: str
    amount: Amount | None


@dataclass(frozen=True)
class WaterfallData:
    """`end` may be left out when every contribution is known; if it differs from their sum, the rest is shown as such."""

    title: str
    start: Contribution
    steps: tuple[Contribution, ...]
    end: Contribution
    unit: Unit = COUNT


@dataclass(frozen=True)
class Bar:
    """`amount` is what the label says: a total, or a signed contribution; None when it is not known."""

    name: str
    amount: Amount | None
    low: float
    high: float
    total: bool = False


def waterfall(data: WaterfallData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("项目", "金额" if data.unit.name == "元" else "数值")
    if drawn(data.start.amount) is None:
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    columns = _columns(data)
    axis = axis_for([level for bar in columns for level in (bar.low, bar.high)], data.unit, most=5, from_zero=True)
    legend = Legend((Entry("总量", "bar", "s1"), Entry("增加", "outline", "s1"), Entry("减少", "striped", "s4")), width)
    names = tuple(bar.name for bar in columns)
    frame = frame_for(names, axis, width=width, top=legend.height, thickness=30)
    canvas = Canvas(width, frame.height, uid=uid, palette=palette)
    frame.draw_grid(canvas)
    for category, bar in enumerate(columns):
        _draw(canvas, frame, category, bar, data.unit, last=category == len(columns) - 1)
    legend.draw(canvas)
    rows = tuple((bar.name, _text(bar, data.unit)) for bar in columns)
    summary = "；".join(f"{name} {text}" for name, text in rows)
    return canvas.finish(data.title, summary, Table(head, rows))


def _columns(data: WaterfallData) -> list[Bar]:
    level = drawn(data.start.amount)
    columns = [Bar(data.start.name, data.start.amount, 0, level, total=True)]
    for step in data.steps:
        change = drawn(step.amount)
        before, level = level, drawn(level + (change or 0))
        columns.append(Bar(step.name, None if change is None else step.amount, before, level))
    end = drawn(data.end.amount)
    all_known = all(bar.amount is not None for bar in columns)
    if end is None:
        known_total = _sum(data) if all_known else None
        return [*columns, Bar(data.end.name, known_total, 0, level if all_known else 0, total=True)]
    rest = exact(data.end.amount) - _sum(data)
    if abs(rest) > 10 ** -(data.unit.decimals + 2):
        columns.append(Bar(UNEXPLAINED, rest, level, end))
    return [*columns, Bar(data.end.name, data.end.amount, 0, end, total=True)]


def _sum(data: WaterfallData):
    known = [step.amount for step in (data.start, *data.steps) if drawn(step.amount) is not None]
    return sum(exact(amount) for amount in known)


def _draw(canvas: Canvas, frame: Frame, category: int, bar: Bar, unit: Unit, *, last: bool) -> None:
    centre, thickness = frame.centre(category), min(44.0, frame.pitch * 0.6)
    if bar.amount is None:
        frame.value(canvas, centre, bar.high, MISSING)
    else:
        rising = bar.high >= bar.low
        if bar.total:
            look = {"fill": "s1"}
        else:
            look = {"fill": "band", "stroke": "s1"} if rising else {"fill": "s4", "striped": True}
        frame.bar(canvas, centre, thickness, bar.low, bar.high, **look)
        outermost = bar.high if bar.total else max(bar.low, bar.high, key=abs)
        frame.value(canvas, centre, outermost, _label(bar, unit, frame.axis.scale), fill="ink", font_weight=600)
    if not last:
        frame.bridge(canvas, centre + thickness / 2, frame.centre(category + 1) - thickness / 2, bar.high)


def _label(bar: Bar, unit: Unit, scale: Scale) -> str:
    if bar.total:
        return unit.label(bar.amount, scale)
    return signed(exact(bar.amount) / scale.divisor, scale.decimals)


def _text(bar: Bar, unit: Unit) -> str:
    return unit.text(bar.amount) if bar.total else unit.signed_text(bar.amount)
