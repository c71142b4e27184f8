"""How workspaces are addressed, and files told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
LONGEST_SLUG = 40
RESERVED_SLUGS = frozenset(
    [
        "admin",
        "api",
        "app",
        "assets",
        "demo",
        "dev",
        "firm",
        "help",
        "home",
        "join",
        "login",
        "look",
        "mail",
        "new",
        "sign-in",
        "sign-out",
        "siyu",
        "static",
        "status",
        "support",
        "system",
        "t",
        "test",
        "verify",
        "www",
    ]
)


def slug_from(name: str) -> str:
    """An address made of a merchant's name: pinyin without tones, at least three characters."""
    from pypinyin import lazy_pinyin  # its dictionary takes 0.3 s and 40 MB: not at the start

    plain = unicodedata.normalize("NFKC", name).lower()
    syllables = (re.sub(r"[^a-z0-9]+", "-", part.replace("ü", "v")) for part in lazy_pinyin(plain))
    joined = re.sub(r"-+", "-", "-".join(syllables)).strip("-")
    short = joined[:LONGEST_SLUG].rstrip("-")
    return (
        short if SLUG.fullmatch(short) and short not in RESERVED_SLUGS else f"shop-{short}".rstrip("-")[:LONGEST_SLUG]
    )


def free_slug(name: str, taken: Container[str]) -> str:
    """`slug_from`, with a number behind it while somebody else has it."""
    slug, number = slug_from(name), 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug[: LONGEST_SLUG - len(str(number)) - 1]}-{number}"
    return candidate


def distinct_names(names: list[str]) -> list[str]:
    """Names as they are, with a counter before the extension where one comes again: 「方案.pdf」, 「方案 (2).pdf」."""
    taken: set[str] = set()
    out = []
    for name in names:
        stem, dot, extension = name.rpartition(".")
        candidate, count = name, 1
        while candidate in taken:
            count += 1
            candidate = f"{stem} ({count}){dot}{extension}" if dot else f"{name} ({count})"
        taken.add(candidate)
        out.append(candidate)
    return out
