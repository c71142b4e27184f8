"""Colours of a chart: class names that follow the theme of the page, or plain attributes that stand alone in a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

COLOURS = {
    "s1": "#1d6a57",
    "s2": "#b9a36b",
    "s3": "#28568f",
    "s4": "#b3371f",
    "s5": "#6b5b95",
    "ink": "#17211d",
    "ink2": "#5f6b65",
    "line": "#e2e2da",
    "band": "#d5e4dc",
    "card": "#ffffff",
    "now": "#b3371f",
    "mark": "#17211d",
    "alert": "#b3371f",
    "warn": "#855400",
}
"""The light theme. Each name is also a pair of classes in charts.css: `f-…` fills, `k-…` strokes."""


@dataclass(frozen=True, eq=False)
class Palette:
    """`colours` is None on pages, where style sheets decide; `family` is the font that a lone drawing has to name."""

    colours: Mapping[str, str] | None = None
    family: str = ""

    def root(self, kind: str) -> str:
        """What the <svg> element carries: classes on pages, the font elsewhere."""
        return f' font-family="{self.family}"' if self.family else f' class="chart chart-{kind}"'

    @cache  # noqa: B019 the two palettes live as long as the program
    def paint(self, fill: str | None, stroke: str | None) -> str:
        """Attributes for named colours; 「none」 is the same everywhere."""
        classes, attributes = [], []
        for attribute, prefix, name in (("fill", "f", fill), ("stroke", "k", stroke)):
            if name is None:
                continue
            if name == "none":
                attributes.append(f' {attribute}="{name}"')
            elif self.colours is None:
                classes.append(f"{prefix}-{name}")
            else:
                attributes.append(f' {attribute}="{self.colours[name]}"')
        chosen = f' class="{" ".join(classes)}"' if classes else ""
        return chosen + "".join(attributes)


PAGE = Palette()
# SVG text does not inherit the language or the family of the document, so a family with Chinese forms is named.
PDF = Palette(COLOURS, family="Siyu Sans, Noto Sans CJK SC, sans-serif")
