"""How wide words will be, guessed without a font, and how they are cut when there is no room."""

import re
import unicodedata
from functools import lru_cache

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ELLIPSIS = "…"
JOINER = "\u200d"


def clean(words: object) -> str:
    """One line without the characters that XML forbids."""
    words = str(words)
    if words.isascii() and words.isprintable() and " " not in words:
        return words
    return " ".join(NOT_IN_XML.sub("", words).split())


@lru_cache(maxsize=4096)
def ems(words: str) -> float:
    """Width in multiples of the font size, on the generous side."""
    return sum(_width(character) for character in words)


@lru_cache(maxsize=4096)
def shorten(words: str, room: float) -> str:
    """The longest beginning that fits into `room` ems together with an ellipsis; whole when it fits as it is."""
    if ems(words) <= room:
        return words
    room -= ems(ELLIPSIS)
    kept = 0
    for position, character in enumerate(words):
        room -= _width(character)
        if room < 0:
            break
        kept = position + 1
    while kept and (_joins(words[kept]) or words[kept - 1] == JOINER):
        kept -= 1
    return words[:kept].rstrip() + ELLIPSIS


def _width(character: str) -> float:
    if _joins(character):
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    if character in " .,:;|!'ijl":
        return 0.32
    if character in "%@mwMW":
        return 0.92
    return 0.66 if character.isupper() else 0.57


def _joins(character: str) -> bool:
    """Whether the character belongs to the one before it."""
    return (
        character == JOINER
        or unicodedata.category(character) in ("Mn", "Me")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
