"""Cards, checklists, texts and campaigns of a pack side by side, found by Chinese, by pinyin and by initials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from siyu_saas.packs.library import Pack, library
from siyu_saas.packs.shapes.playbook import Hint
from siyu_saas.tenants.rules.search import BETWEEN, is_spelled, search_key, search_text

KINDS: Mapping[str, str] = {
    "checklists": "指导清单",
    "cards": "知识卡",
    "templates": "话术与底稿",
    "campaigns": "活动类型",
}
GENERAL = "base"
THEMES = ("公转私", "社群", "分层与标签", "内容", "活动", "人设与服务", "团队", "合规")
IN_TITLE, INSIDE, NOWHERE = range(3)


@dataclass(frozen=True, slots=True)
class Book:
    """One entry of the library. `words` is what a search in Chinese looks through, `spelled` one in pinyin."""

    kind: str
    key: str
    title: str
    theme: str
    note: str
    time_sensitive: bool
    words: str
    spelled: str

    @property
    def kind_title(self) -> str:
        return KINDS[self.kind]


def pack_called(key: str) -> Pack:
    """A merchant's pack; the general one when its own is no longer there."""
    packs = library()
    return packs.get(key) or packs[GENERAL]


def entry(pack: Pack, name: str) -> tuple[str, Any] | None:
    """Kind and entry of this name."""
    return next(((kind, getattr(pack, kind)[name]) for kind in KINDS if name in getattr(pack, kind)), None)


def hints_for(pack: Pack, name: str) -> list[Hint]:
    return [hint for hint in pack.hints.values() if name in hint.concerns]


def found(pack_key: str, typed: str, kind: str = "") -> list[Book]:
    """Those whose title matches come first; everything when nothing was typed."""
    key = search_key(typed)
    books = [book for book in shelf(pack_key) if kind in ("", book.kind)]
    if not key:
        return books
    rank = _rank_spelled if is_spelled(key) else _rank_written
    ranked = [(rank(book, key), book) for book in books]
    return [book for wanted in (IN_TITLE, INSIDE) for place, book in ranked if place == wanted]


@cache
def shelf(pack_key: str) -> tuple[Book, ...]:
    pack = pack_called(pack_key)
    books = [_book(kind, one) for kind in KINDS for one in getattr(pack, kind).values()]
    kinds = list(KINDS)
    return tuple(sorted(books, key=lambda book: (kinds.index(book.kind), _place_of_theme(book.theme))))


def _place_of_theme(theme: str) -> int:
    return THEMES.index(theme) if theme in THEMES else len(THEMES)


def _rank_written(book: Book, key: str) -> int:
    return IN_TITLE if key in search_key(book.title) else INSIDE if key in book.words else NOWHERE


def _rank_spelled(book: Book, key: str) -> int:
    return IN_TITLE if BETWEEN + key in book.spelled else INSIDE if key in book.words else NOWHERE


def _book(kind: str, one: Any) -> Book:
    return Book(
        kind,
        one.key,
        one.title,
        getattr(one, "theme", "") or _campaign_theme(one),
        NOTES[kind](one),
        one.time_sensitive,
        search_key(" ".join([one.title, getattr(one, "theme", ""), *_texts(one)])),
        search_text(one.title),
    )


def _campaign_theme(one: Any) -> str:
    return {"offer": "优惠活动", "warmup": "炒群活动"}.get(getattr(one, "kind", ""), "")


def _texts(one: Any) -> Iterable[str]:
    for name in ("body", "use", "place", "play", "groups"):
        yield getattr(one, name, "")
    for item in getattr(one, "items", ()):
        yield from (item.title, item.why, item.how)


NOTES = {
    "checklists": lambda one: f"{len(one.items)} 项 · " + "、".join(item.title for item in one.items[:4]),
    "cards": lambda one: one.body,
    "templates": lambda one: one.use,
    "campaigns": lambda one: one.play,
}
