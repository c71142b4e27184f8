"""What a merchant is found by: its characters, its pinyin in every reading, and the initials of it. Source: ui §8.

「朝阳茶业」 is found by 朝阳, zhaoyang, chaoyang, zycy, cycy and, from the middle on, chaye.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product

MOST_READINGS = 16
LONGEST = 1_000
BETWEEN = "|"
LONGEST_SPELLING = 80
BEHIND_ALL = "\U0010ffff"  # sorts behind whatever people type
LATIN = re.compile(r"[a-z0-9]+")


def search_text(name: str) -> str:
    """`|one|another|…`: each entry is one way to type the name, or a part of it from some character on."""
    plain = _plain(name)
    ways = dict.fromkeys(filter(None, _ways(plain)))
    kept, length = [], 1
    for way in ways:
        length += len(way) + 1
        if length > LONGEST:
            break
        kept.append(way)
    return BETWEEN + BETWEEN.join(kept) + BETWEEN if kept else ""


def spellings(name: str) -> list[str]:
    """What a search has to begin like, so that an index finds the name: its end from each character on, and as it is typed."""
    plain = search_key(name)
    ends = (plain[start:] for start in range(len(plain)))
    ways = (*ends, *search_text(name).split(BETWEEN))
    return list(dict.fromkeys(way[:LONGEST_SPELLING] for way in ways if way))


def search_key(typed: str) -> str:
    """What was typed, as it is compared: without case, width and blanks."""
    return re.sub(r"\s+", "", _plain(typed))


def is_spelled(key: str) -> bool:
    """Typed in Latin letters or digits: pinyin, initials, or a Latin name."""
    return LATIN.fullmatch(key) is not None


def _ways(plain: str):
    """Every reading first, then every later beginning of the usual one, for those who type a part."""
    from pypinyin import Style, lazy_pinyin, pinyin

    readings = [[_latin(one) for one in syllable] for syllable in pinyin(plain, style=Style.NORMAL, heteronym=True)]
    for reading in islice(product(*map(dict.fromkeys, readings)), MOST_READINGS):
        yield "".join(reading)
        yield "".join(syllable[:1] for syllable in reading)
    usual = [_latin(syllable) for syllable in lazy_pinyin(plain)]
    for start in range(1, len(usual)):
        yield "".join(usual[start:])
        yield "".join(syllable[:1] for syllable in usual[start:])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _latin(syllable: str) -> str:
    return re.sub(r"[^a-z0-9]", "", syllable.replace("ü", "v"))
