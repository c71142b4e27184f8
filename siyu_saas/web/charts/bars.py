"""Before and after, side by side, from zero; optionally as an index with before = 100."""

from dataclasses import dataclass

from siyu_saas.web.charts.axis import axis_for
from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.frame import SMALL, Frame, frame_for
from siyu_saas.web.charts.legend import Entry, Legend
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import COUNT, Amount, Unit, drawn
from siyu_saas.web.filters.numbers import MISSING

Interval = tuple[Amount, Amount]


@dataclass(frozen=True)
class Pair:
    """One thing measured twice. `unit` replaces that of the chart, which only an index allows; ranges are errors."""

    name: str
    before: Amount | None
    after: Amount | None
    unit: Unit | None = None
    before_range: Interval | None = None
    after_range: Interval | None = None


@dataclass(frozen=True)
class BarsData:
    """With `indexed`, bars show after ÷ before × 100 and a pair without a baseline above zero shows nothing."""

    title: str
    pairs: tuple[Pair, ...]
    unit: Unit = COUNT
    before_name: str = "辅导前"
    after_name: str = "辅导后"
    indexed: bool = False

    def __post_init__(self):
        if not self.indexed and any(pair.unit not in (None, self.unit) for pair in self.pairs):
            raise ValueError("bars of different units share an axis only when indexed")


@dataclass(frozen=True)
class Bar:
    amount: float | None
    low: float | None = None
    high: float | None = None

    @property
    def far_end(self) -> float:
        """Where the label has to start: beyond the whisker, away from zero."""
        reach = [value for value in (self.amount, self.low, self.high) if value is not None]
        return min(reach) if self.amount is not None and self.amount < 0 else max(reach)


def bars(data: BarsData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("指标", data.before_name, data.after_name, "变化")
    drawn_pairs = [_as_bars(pair, indexed=data.indexed) for pair in data.pairs]
    amounts = [value for pair in drawn_pairs for bar in pair for value in (bar.amount, bar.low, bar.high)]
    if all(bar.amount is None for pair in drawn_pairs for bar in pair):
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    unit = COUNT if data.indexed else data.unit
    axis = axis_for(amounts, unit, most=5, from_zero=True)
    entries = (Entry(data.before_name, "striped", "s2"), Entry(data.after_name, "bar", "s1"))
    legend = Legend(entries, width)
    names = tuple(pair.name for pair in data.pairs)
    frame = frame_for(names, axis, width=width, top=legend.height, thickness=46)
    canvas = Canvas(width, frame.height, uid=uid, palette=palette)
    frame.draw_grid(canvas)
    for category, pair in enumerate(drawn_pairs):
        _draw_pair(canvas, frame, category, pair, unit, name_before=not data.indexed)
    legend.draw(canvas)
    return canvas.finish(data.title, _summary(data), Table(head, _rows(data)))


def _as_bars(pair: Pair, *, indexed: bool) -> tuple[Bar, Bar]:
    base = drawn(pair.before)
    if indexed and (base is None or base <= 0):
        return Bar(None), Bar(None)
    factor = 100 / base if indexed else 1.0
    return (
        _bar(pair.before, pair.before_range, factor),
        _bar(pair.after, pair.after_range, factor),
    )


def _bar(amount: Amount | None, interval: Interval | None, factor: float) -> Bar:
    low, high = interval if interval and drawn(amount) is not None else (None, None)
    return Bar(*(None if (number := drawn(value)) is None else drawn(number * factor) for value in (amount, low, high)))


def _draw_pair(
    canvas: Canvas, frame: Frame, category: int, pair: tuple[Bar, Bar], unit: Unit, *, name_before: bool
) -> None:
    thickness = min(40.0, frame.pitch * 0.35)
    labels = [unit.label(bar.amount, frame.axis.scale) for bar in pair]
    both_fit = not frame.upright or max(text_width(label, SMALL) for label in labels) <= thickness + 4
    for side, bar in enumerate(pair):
        centre = frame.centre(category) + (thickness / 2 + 2) * (1 if side else -1)
        if bar.amount is None:
            frame.value(canvas, centre, 0, MISSING)
            continue
        frame.bar(canvas, centre, thickness, 0, bar.amount, fill="s1" if side else "s2", striped=not side)
        if bar.low is not None and bar.high is not None:
            frame.whisker(canvas, centre, bar.low, bar.high)
        if side or (name_before and both_fit):
            look = {"fill": "ink", "font_weight": 600} if side else {}
            frame.value(canvas, centre, bar.far_end, labels[side], **look)


def _rows(data: BarsData) -> tuple[tuple[str, ...], ...]:
    rows = []
    for pair in data.pairs:
        unit = pair.unit or data.unit
        before, after = (
            _with_range(pair.before, pair.before_range, unit),
            _with_range(pair.after, pair.after_range, unit),
        )
        rows.append((pair.name, before, after, unit.difference(pair.after, pair.before)))
    return tuple(rows)


def _with_range(amount: Amount | None, interval: Interval | None, unit: Unit) -> str:
    text = unit.text(amount)
    if interval is None or text == MISSING:
        return text
    return f"{text}（{unit.text(interval[0])} 至 {unit.text(interval[1])}）"


def _summary(data: BarsData) -> str:
    sentences = [f"{name} {before} → {after}" for name, before, after, _ in _rows(data)]
    basis = f"（指数，{data.before_name} = 100）" if data.indexed else ""
    return f"{data.before_name}与{data.after_name}{basis}：" + "；".join(sentences)
