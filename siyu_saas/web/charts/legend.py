"""The row above a drawing that says which mark is what."""

from dataclasses import dataclass

from siyu_saas.web.charts.canvas import Canvas, text_width

ROW_HEIGHT = 18
SWATCH = 18
GAP = 14


@dataclass(frozen=True)
class Entry:
    """`mark` is one of bar, striped, outline, line, ring."""

    name: str
    mark: str
    colour: str
    dash: str | None = None


@dataclass(frozen=True)
class Legend:
    entries: tuple[Entry, ...]
    width: float

    @property
    def height(self) -> float:
        rows = self._places()[-1][1] + 1 if self.entries else 0
        return rows * ROW_HEIGHT

    def draw(self, canvas: Canvas) -> None:
        for entry, (x, row) in zip(self.entries, self._places(), strict=True):
            middle = row * ROW_HEIGHT + 8
            _swatch(canvas, entry, x, middle)
            canvas.text(x + SWATCH + 5, middle + 4, entry.name)

    def _places(self) -> list[tuple[float, int]]:
        """Left edge and row of each entry; an entry that does not fit begins the next row."""
        places, x, row = [], 0.0, 0
        for entry in self.entries:
            needed = SWATCH + 5 + text_width(entry.name)
            if x and x + needed > self.width:
                x, row = 0.0, row + 1
            places.append((x, row))
            x += needed + GAP
        return places


def _swatch(canvas: Canvas, entry: Entry, x: float, middle: float) -> None:
    if entry.mark == "line":
        canvas.line(x, middle, x + SWATCH, middle, stroke=entry.colour, stroke_width=2.5, stroke_dasharray=entry.dash)
    elif entry.mark == "ring":
        canvas.circle(x + SWATCH / 2, middle, 4.5, fill="card", stroke=entry.colour, stroke_width=2)
    elif entry.mark == "outline":
        canvas.rect(x + 0.5, middle - 4.5, SWATCH - 1, 9, rx=2, fill="band", stroke=entry.colour)
    else:
        draw = canvas.striped if entry.mark == "striped" else canvas.rect
        draw(x, middle - 5, SWATCH, 10, rx=2, fill=entry.colour)
