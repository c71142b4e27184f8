"""Parts of a whole beside each other, each with its number and share."""

from dataclasses import dataclass
from fractions import Fraction

from siyu_saas.web.charts.canvas import Canvas, Chart, Table, text_width
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import PEOPLE, Unit
from siyu_saas.web.filters.numbers import percent

ROW, BAR = 24, 14


@dataclass(frozen=True)
class RanksData:
    """Pairs of name and count, in the order in which they are drawn; the whole is their sum."""

    title: str
    rows: tuple[tuple[str, int], ...]
    unit: Unit = PEOPLE


def ranks(data: RanksData, *, uid: str, width: float = 640, palette: Palette = PAGE) -> Chart:
    head = ("名称", "数量", "占比")
    whole = sum(max(count, 0) for _name, count in data.rows)
    if not whole:
        return nothing(data.title, head, uid=uid, width=width, palette=palette)
    largest = max(count for _name, count in data.rows)
    told = [(name, data.unit.text(count), percent(max(count, 0), whole)) for name, count in data.rows]
    left = min(max(text_width(name) for name, *_ in told) + 12, width * 0.3)
    right = width - min(max(text_width(f"{count} · {share}") for _, count, share in told) + 12, width * 0.4)
    canvas = Canvas(width, len(told) * ROW, uid=uid, palette=palette)
    for place, ((_name, count), (name, number, share)) in enumerate(zip(data.rows, told, strict=True)):
        top = place * ROW + (ROW - BAR) / 2
        canvas.text(0, top + 11, name, room=left - 8, fill="ink")
        length = float(Fraction(max(count, 0), largest)) * (right - left)
        canvas.rect(left, top, length, BAR, rx=2, fill="s1")
        canvas.line(left, top - 2, left, top + BAR + 2, stroke="line")
        canvas.text(left + length + 8, top + 11, f"{number} · {share}", fill="ink", font_weight=600)
    summary = "；".join(f"{name} {number}（{share}）" for name, number, share in told)
    return canvas.finish(data.title, summary, Table(head, tuple(told)))
