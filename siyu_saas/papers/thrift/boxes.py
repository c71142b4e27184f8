"""Boxes: a style gives the same lengths, corners and struts to every box that has it."""

from __future__ import annotations

from pathlib import Path

import weasyprint
from weasyprint.draw import color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent
from weasyprint.text import line_break

from .replacing import as_it_was, replace, replace_method

LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{prefix}{axis}" for axis in ("width", "height") for prefix in ("", "min_", "max_")),
)
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
FLOATS = frozenset(("left", "right", "inline-start", "inline-end", "footnote"))
OUT_OF_FLOW = frozenset(("absolute", "fixed"))
RUNNING = frozenset(("running()", "note()"))
SQUARE = dict.fromkeys(CORNERS, (0, 0))
STAND_IN = "_box"  # an absolutely placed box is stood in for by an object that passes attributes on


def install() -> None:
    replace(percent.resolve_percentages, resolve_percentages)
    replace(percent.resolve_radii_percentages, resolve_radii_percentages)
    replace(line_break.strut, strut)
    replace(color.get_color, get_color)
    replace_method(boxes.Box, "is_in_normal_flow", is_in_normal_flow)


def lean_user_agent_style() -> str:
    """The engine's own style sheet without the pseudo-elements that it would make for each element of a page."""
    sheet = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text()
    kept = (line for line in sheet.splitlines() if not line.startswith(("::footnote-", "::note-")))
    return "\n".join("li" + line if line.startswith("::marker") else line for line in kept)


def resolve_percentages(box, containing_block) -> None:
    """A style without percentages gives the same lengths to every box."""
    style = box.style
    try:
        fixed = style.fixed_lengths
    except AttributeError:
        fixed = style.fixed_lengths = _fixed_lengths(style)
    known = box.__dict__
    if fixed is None or STAND_IN in known:
        as_it_was["resolve_percentages"](box, containing_block)
        return
    lengths, borders, collapse = fixed
    known.update(lengths)
    if collapse:
        for name, width in borders:
            if not hasattr(box, name):
                known[name] = width
    else:
        known.update(borders)


def resolve_radii_percentages(box) -> None:
    style = box.style
    try:
        square = style.square_corners
    except AttributeError:
        square = style.square_corners = all((0, "px") in style[name] for name in CORNERS)
    if square and STAND_IN not in box.__dict__:
        box.__dict__.update(SQUARE)
    else:
        as_it_was["resolve_radii_percentages"](box)


def strut(style) -> tuple[float, float]:
    try:
        return style.known_strut
    except AttributeError:
        found = style.known_strut = as_it_was["strut"](style)
        return found


def get_color(style, key):
    """Without comparing a colour with a word."""
    value = style[key]
    return style["color"] if type(value) is str and value == "currentcolor" else value


def is_in_normal_flow(box) -> bool:
    style = box.style
    position = style["position"]
    return style["float"] not in FLOATS and position not in OUT_OF_FLOW and position[0] not in RUNNING


def _fixed_lengths(style):
    if style["box_sizing"] != "content-box":
        return None
    lengths = {}
    for name in LENGTHS:
        value = style[name]
        if value is not None and value != "auto":
            if getattr(value, "unit", None) != "px":
                return None
            value = value.value
        lengths[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
    return lengths, tuple((name, style[name]) for name in BORDERS), style["border_collapse"] == "collapse"
