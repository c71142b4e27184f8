"""What people paste, without what nobody sees."""

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"


def without_invisible(text: str) -> str:
    """Without control, zero-width and direction characters; every kind of space becomes a plain one.

    Letters outside the basic plane and emoji survive, families and professions of emoji included.
    """
    return "".join(
        " " if char.isspace() else char
        for at, char in enumerate(text)
        if char.isspace() or not _is_invisible(char) or _joins_emoji(text, at)
    )


def _is_invisible(char: str) -> bool:
    noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return noncharacter or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _joins_emoji(text: str, at: int) -> bool:
    """Families and professions are several emoji around a zero-width joiner, and fall apart without it."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return text[at] == ZERO_WIDTH_JOINER and len(around) == 2 and all(map(_is_emoji_part, around))


def _is_emoji_part(char: str) -> bool:
    return char == "\ufe0f" or unicodedata.category(char) in ("So", "Sk")
