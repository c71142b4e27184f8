"""Icons drawn inline, so that they take the colour of the text beside them and cost no request."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

FOLDER = Path(__file__).resolve().parent.parent / "static" / "vendor" / "tabler"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class UnknownIcon(LookupError):
    """A page asks for an icon that is not vendored."""


def init_icons(app: Flask) -> None:
    app.jinja_env.globals["icon"] = icon


@lru_cache(1024)
def icon(name: str, label: str | None = None) -> Markup:
    """The vendored icon as inline SVG: read out as `label`, or hidden from screen readers without one.

    Raises UnknownIcon.
    """
    meaning = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>').format(meaning, shapes(name))


@cache
def shapes(name: str) -> Markup:
    path = FOLDER / f"{name}.svg"
    if not NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(f"no icon {name!r}: add tabler/{name}.svg to vendor.lock.json and run bin/vendor")
    drawing = SHAPES.search(path.read_text("utf-8"))[1]
    return Markup(re.sub(r"\s*\n\s*", "", EMPTY_BOX.sub("", drawing)))
