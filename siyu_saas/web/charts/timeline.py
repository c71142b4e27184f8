"""The horizontal side of a line chart: labels along the foot, marks and shaded stretches over the height."""

from dataclasses import dataclass

from siyu_saas.web.charts.axis import Axis
from siyu_saas.web.charts.canvas import Canvas, text_width

SMALL = 11


@dataclass(frozen=True)
class Timeline:
    labels: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float

    def at(self, position: int) -> float:
        """The pixel of a label; a single one stands in the middle, one outside the labels at the edge."""
        if len(self.labels) == 1:
            return (self.left + self.right) / 2
        share = position / (len(self.labels) - 1)
        return self.left + max(0.0, min(1.0, share)) * (self.right - self.left)

    def middle(self, first: int, last: int) -> float:
        return (self.at(first) + self.at(last)) / 2

    def draw_grid(self, canvas: Canvas, axis: Axis) -> None:
        for tick, label in zip(axis.ticks, axis.labels, strict=True):
            y = axis.at(tick)
            canvas.line(self.left, y, self.right, y, stroke="line")
            canvas.text(self.left - 8, y + 4, label, anchor="end")
        if axis.caption:
            canvas.text(0, self.top - 12, axis.caption, size=SMALL, room=self.left + 20)
        stride = self._stride()
        room = self._pitch() * stride - 4
        for position in range(0, len(self.labels), stride):
            canvas.text(self.at(position), self.bottom + 19, self.labels[position], anchor="middle", room=room)

    def draw_window(self, canvas: Canvas, first: int, last: int) -> None:
        start, end = sorted((self.at(first), self.at(last)))
        canvas.rect(start, self.top, end - start, self.bottom - self.top, fill="ink2", fill_opacity=0.1)

    def draw_mark(self, canvas: Canvas, position: int) -> None:
        x = self.at(position)
        canvas.line(x, self.top - 6, x, self.bottom, stroke="ink2", stroke_dasharray="3 3")

    def draw_names(self, canvas: Canvas, names: list[tuple[float, str]]) -> None:
        """Above the plot, left to right; one that would touch its neighbour is left to the summary."""
        free_from = 0.0
        for x, name in sorted(names):
            half = text_width(name, SMALL) / 2
            centre = max(half, min(canvas.width - half, x))
            if centre - half < free_from:
                continue
            canvas.text(centre, self.top - 10, name, size=SMALL, anchor="middle")
            free_from = centre + half + 6

    def _stride(self) -> int:
        """How many labels to move on so that neighbours do not touch."""
        widest = max(map(text_width, self.labels)) + 10
        widest = min(widest, (self.right - self.left) / 2)
        return max(1, -int(-widest // max(self._pitch(), 1e-6)))

    def _pitch(self) -> float:
        return (self.right - self.left) / max(1, len(self.labels) - 1)
