"""An SVG under construction, and the finished chart: picture, table and summary of the same data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape

from siyu_saas.web.charts.lettering import clean, ems, shorten
from siyu_saas.web.charts.palette import Palette

UID = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
FONT_SIZE = 12
STRIPE_GAP, STRIPES_LIMIT = 6, 50


@dataclass(frozen=True)
class Table:
    """The data of a chart as text that is ready to show."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """`tell` gives the table; a drawing for a phone is rarely asked for it, since the desk's has the same."""

    title: str
    svg: Markup
    tell: Callable[[], Table]
    summary: str

    @property
    def table(self) -> Table:
        return self.tell()


class Canvas:
    """Collects elements; coordinates are pixels at the nominal width.

    `uid` must be unique in the document: the width is added to it, so that a wide and a narrow drawing can share one.
    """

    def __init__(self, width: float, height: float, *, uid: str, palette: Palette):
        if not UID.fullmatch(uid):
            raise ValueError(f"not usable as an id: {uid!r}")
        self.width, self.height = width, height
        self.uid = f"{uid}-{plain(width)}"
        self.palette = palette
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, **look) -> None:
        place = f' x="{plain(x)}" y="{plain(y)}" width="{plain(max(width, 0))}" height="{plain(max(height, 0))}"'
        self._add("rect", place, look)

    def striped(self, x: float, y: float, width: float, height: float, *, fill: str, **look) -> None:
        """A rectangle that is told apart from a flat one on paper without colour.

        The stripes are lines, not a pattern: PDF viewers show the seams between the tiles of a pattern.
        """
        self.rect(x, y, width, height, fill=fill, **look)
        gap = max(STRIPE_GAP, (width + height) / STRIPES_LIMIT)
        course = []
        for stripe in range(1, int((width + height) / gap) + 1):
            reach = stripe * gap
            low, high = (
                (x + max(0, reach - height), y + min(reach, height)),
                (x + min(reach, width), y + max(0, reach - width)),
            )
            course.append(f"M{_point(low)}L{_point(high)}")
        if course:
            look = {"fill": "none", "stroke": "card", "stroke_width": 1.6}
            self._add("path", f' d="{"".join(course)}"', look)

    def line(self, x1: float, y1: float, x2: float, y2: float, **look) -> None:
        self._add("line", f' x1="{plain(x1)}" y1="{plain(y1)}" x2="{plain(x2)}" y2="{plain(y2)}"', look)

    def circle(self, x: float, y: float, radius: float, **look) -> None:
        self._add("circle", f' cx="{plain(x)}" cy="{plain(y)}" r="{plain(radius)}"', look)

    def path(self, points: list[tuple[float, float]], *, close: bool = False, fill: str = "none", **look) -> None:
        """Straight lines through absolute points."""
        course = "M" + "L".join(map(_point, points)) + ("Z" if close else "")
        self._add("path", f' d="{course}"', {"fill": fill, **look})

    def text(
        self,
        x: float,
        y: float,
        words: object,
        *,
        size: float = FONT_SIZE,
        anchor: str = "start",
        room: float | None = None,
        fill: str = "ink2",
        **look,
    ) -> None:
        """Cut to `room` pixels and to the edge of the picture; the full words then stand in a <title>."""
        words = clean(words)
        edge = {"start": self.width - x, "end": x, "middle": 2 * min(x, self.width - x)}[anchor]
        shown = shorten(words, round(min(edge, edge if room is None else room) / size, 1))
        if shown != words:
            self._parts.append(f"<g><title>{escape(words)}</title>")
        anchor_or_default = None if anchor == "start" else anchor
        look = {"font_size": size, "text_anchor": anchor_or_default, "fill": fill, **look}
        self._add("text", f' x="{plain(x)}" y="{plain(y)}"', look, escape(shown))
        if shown != words:
            self._parts.append("</g>")

    def open_group(self, **attributes) -> None:
        self._parts.append(f"<g{_attributes(attributes)}>")

    def close_group(self) -> None:
        self._parts.append("</g>")

    def finish(
        self,
        title: str,
        summary: str,
        table: Table | Callable[[], Table],
        *,
        role: str = "img",
        kind: str = "figure",
        **attributes,
    ) -> Chart:
        width, height = plain(self.width), plain(self.height)
        heading, account = f"{self.uid}-t", f"{self.uid}-d"
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            f' role="{role}" aria-labelledby="{heading} {account}"{self.palette.root(kind)}{_attributes(attributes)}>'
            f'<title id="{heading}">{escape(clean(title))}</title><desc id="{account}">{escape(clean(summary))}</desc>'
            f"{''.join(self._parts)}</svg>"
        )
        return Chart(title, Markup(svg), table if callable(table) else lambda: table, summary)

    def _add(self, tag: str, place: str, look: dict, words: str = "") -> None:
        self._parts.append(f"<{tag}{place}{_painted(self.palette, tuple(look.items()))}>{words}</{tag}>")


def text_width(words: object, size: float = FONT_SIZE) -> float:
    """Pixels, guessed."""
    return ems(clean(words)) * size


@lru_cache(8192)
def plain(number: float) -> str:
    """At most two decimals, no trailing zeros, no exponent."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _point(point: tuple[float, float]) -> str:
    return f"{plain(point[0])} {plain(point[1])}"


@lru_cache(1024)
def _painted(palette: Palette, look: tuple) -> str:
    """Few looks are drawn over and over, each at another place."""
    rest = dict(look)
    paint = palette.paint(rest.pop("fill", None), rest.pop("stroke", None))
    return _attributes(rest) + paint


def _attributes(look: dict) -> str:
    return "".join([f' {_spelled(name)}="{_value(value)}"' for name, value in look.items() if value is not None])


@cache
def _spelled(name: str) -> str:
    return name.replace("_", "-")


def _value(value: object) -> str:
    return plain(value) if isinstance(value, int | float) else _spoken(value)


@lru_cache(2048)
def _spoken(value: object) -> str:
    return escape(clean(value))
