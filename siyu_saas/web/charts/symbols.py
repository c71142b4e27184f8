"""Small signs that say in shape what colour alone would not."""

from siyu_saas.web.charts.canvas import Canvas


def draw_warning(canvas: Canvas, x: float, y: float) -> None:
    """A triangle with an exclamation mark, 13 pixels wide, its corner at `x`, `y`."""
    canvas.path([(x + 6.5, y + 1), (x + 13, y + 12), (x, y + 12)], close=True, stroke="alert", stroke_width=1.5)
    canvas.line(x + 6.5, y + 5, x + 6.5, y + 8.5, stroke="alert", stroke_width=1.5)
    canvas.circle(x + 6.5, y + 10.3, 0.8, fill="alert")
