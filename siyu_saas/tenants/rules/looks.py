"""A firm's colour on every page, made readable: text on it and text in it keep a contrast of 4.5:1. Source: ui §2.

Contrast as WCAG 2.2 counts it (relative luminance of sRGB).
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

HEX = re.compile(r"#[0-9a-f]{6}")
READABLE = 4.5
STEP = 0.02
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PAPER, CARD = (0xF6, 0xF5, 0xF1), WHITE
NIGHT, NIGHT_CARD = (0x10, 0x15, 0x13), (0x18, 0x1F, 0x1C)

Colour = tuple[int, int, int]


def parsed(text: str) -> Colour:
    """Of `#rrggbb` in lower case."""
    return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))


def written(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on_day(accent: Colour) -> dict[str, str]:
    """The tokens of the light theme: the colour darkened until it reads on paper, under white text and on its own tint."""
    tint = _mixed(accent, WHITE, 0.9)
    brand = _until_readable(accent, (PAPER, CARD, tint), towards=BLACK)
    return _tokens(brand, _mixed(brand, BLACK, 0.2), tint, WHITE)


def at_night(accent: Colour) -> dict[str, str]:
    """The tokens of the dark theme: the colour lightened until it reads on the night's grounds and under dark text."""
    tint = _mixed(accent, NIGHT_CARD, 0.8)
    brand = _until_readable(accent, (NIGHT, NIGHT_CARD, tint), towards=WHITE)
    return _tokens(brand, _mixed(brand, WHITE, 0.2), tint, NIGHT)


@cache
def style_sheet(accent: str) -> str:
    """For `:root`, after the product's own tokens, in every look that a reader can choose."""
    day, night = _declared(on_day(parsed(accent))), _declared(at_night(parsed(accent)))
    return (
        f":root{{{day}}}"
        f':root[data-theme="dark"]{{{night}}}'
        f'@media (prefers-color-scheme:dark){{:root[data-theme="auto"]{{{night}}}}}'
    )


@cache
def sheet_version(accent: str) -> str:
    return hashlib.sha256(style_sheet(accent).encode()).hexdigest()[:10]


def _tokens(brand: Colour, stronger: Colour, tint: Colour, text: Colour) -> dict[str, str]:
    return {
        "brand": written(brand),
        "brand-2": written(stronger),
        "brand-weak": written(tint),
        "on-brand": written(text),
        "s1": written(brand),
    }


def _until_readable(colour: Colour, grounds: tuple[Colour, ...], *, towards: Colour) -> Colour:
    """As little changed as possible."""
    share, found = 0.0, colour
    while min(contrast(found, ground) for ground in grounds) < READABLE and share < 1:
        share = min(share + STEP, 1.0)
        found = _mixed(colour, towards, share)
    return found


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other in it."""
    return tuple(round(one + (two - one) * share) for one, two in zip(colour, other, strict=True))


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _declared(tokens: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())
