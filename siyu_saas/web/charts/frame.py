"""Where bars stand: upright over their names, or lying beside them when the names would not fit."""

from dataclasses import dataclass

from siyu_saas.web.charts.axis import Axis
from siyu_saas.web.charts.canvas import FONT_SIZE, Canvas, text_width

NARROW = 480
NAME_GAP = 10
FOOT = 28
SMALL = 11


@dataclass(frozen=True)
class Frame:
    """Categories lie `pitch` pixels apart from `first` on; amounts along `axis`, which holds zero."""

    upright: bool
    width: float
    height: float
    top: float
    names: tuple[str, ...]
    axis: Axis
    first: float
    pitch: float

    def centre(self, category: int) -> float:
        return self.first + self.pitch * (category + 0.5)

    def draw_grid(self, canvas: Canvas) -> None:
        for tick, label in zip(self.axis.ticks, self.axis.labels, strict=True):
            at = self.axis.at(tick)
            stroke = "ink2" if tick == 0 else "line"
            if self.upright:
                canvas.line(self.first, at, self.width - 8, at, stroke=stroke)
                canvas.text(self.first - 8, at + 4, label, anchor="end")
            else:
                canvas.line(at, self.top, at, self.height - FOOT, stroke=stroke)
                canvas.text(at, self.height - 10, label, anchor="middle")
        if self.axis.caption:
            canvas.text(0, self.top - 12, self.axis.caption, size=SMALL)
        for category, name in enumerate(self.names):
            self._draw_name(canvas, category, name)

    def bar(
        self, canvas: Canvas, centre: float, thickness: float, low: float, high: float, *, striped: bool = False, **look
    ) -> None:
        draw = canvas.striped if striped else canvas.rect
        start, end = sorted((self.axis.at(low), self.axis.at(high)))
        if self.upright:
            draw(centre - thickness / 2, start, thickness, end - start, rx=2, **look)
        else:
            draw(start, centre - thickness / 2, end - start, thickness, rx=2, **look)

    def whisker(self, canvas: Canvas, centre: float, low: float, high: float) -> None:
        """An interval of error: a line with two caps."""
        start, end = self.axis.at(low), self.axis.at(high)
        strokes = [((centre, start), (centre, end))]
        strokes += [((centre - 4, at), (centre + 4, at)) for at in (start, end)]
        for (c1, v1), (c2, v2) in strokes:
            x1, y1, x2, y2 = (c1, v1, c2, v2) if self.upright else (v1, c1, v2, c2)
            canvas.line(x1, y1, x2, y2, stroke="ink", stroke_width=1.25)

    def bridge(self, canvas: Canvas, start: float, end: float, level: float) -> None:
        """A dashed line from one category to the next at the same amount."""
        at = self.axis.at(level)
        x1, y1, x2, y2 = (start, at, end, at) if self.upright else (at, start, at, end)
        canvas.line(x1, y1, x2, y2, stroke="ink2", stroke_dasharray="2 2")

    def value(self, canvas: Canvas, centre: float, amount: float, words: str, **look) -> None:
        """Outside the end of a bar, on the side away from zero."""
        at = self.axis.at(amount)
        if self.upright:
            y = at + 15 if amount < 0 else at - 6
            canvas.text(centre, y, words, size=SMALL, anchor="middle", **look)
            return
        needed = text_width(words, SMALL) + 5
        leftward = amount < 0 and at - needed >= 0
        canvas.text(
            at - 5 if leftward else at + 5, centre + 4, words, size=SMALL, anchor="end" if leftward else "start", **look
        )

    def _draw_name(self, canvas: Canvas, category: int, name: str) -> None:
        if self.upright:
            canvas.text(self.centre(category), self.height - 9, name, anchor="middle", room=self.pitch - 4)
        else:
            room = self.axis.start - NAME_GAP
            canvas.text(0, self.centre(category) + 4, name, room=room, fill="ink")


def frame_for(names: tuple[str, ...], axis: Axis, *, width: float, top: float, thickness: float) -> Frame:
    """Upright if every name fits under its category, else lying with `thickness` pixels for each category."""
    top += 30 if axis.caption else 20
    left = max(map(text_width, axis.labels)) + 10
    pitch = (width - left - 8) / len(names)
    if max(map(text_width, names)) + 4 <= pitch and pitch >= thickness:
        height = top + (160 if width < NARROW else 195) + FOOT
        return Frame(True, width, height, top, names, axis.placed(height - FOOT, top), left, pitch)
    column = min(max(map(text_width, names)) + NAME_GAP + 4, width * 0.36)
    height = top + thickness * len(names) + FOOT
    # Values stand beside the ends of bars, so the axis stops short of the edge.
    margin = 5 * FONT_SIZE
    lying = axis.placed(column, width - margin)
    return Frame(False, width, height, top, names, lying, top, thickness)
