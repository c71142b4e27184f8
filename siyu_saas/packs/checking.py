"""Small checks that every kind of content needs: one of these, known there, and where in the entry it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .reading import Place

Whole = Mapping[str, Mapping[str, Any]]
Flaw = tuple[Place, str]


def at(place: Place, found: Iterable[Flaw]) -> Iterator[Flaw]:
    for inner, reason in found:
        yield (*place, *inner), reason


def one_of(value: Any, name: str, allowed: Iterable[Any]) -> Iterator[Flaw]:
    if getattr(value, name) not in allowed:
        yield (name,), f"{getattr(value, name)!r} is not one of {', '.join(map(str, allowed))}"


def known(value: Any, name: str, whole: Whole, kind: str) -> Iterator[Flaw]:
    key = getattr(value, name)
    if key is not None and key not in whole.get(kind, {}):
        yield (name,), f"there is no {key!r} among the {kind}"


def each_known(value: Any, name: str, whole: Whole, kind: str) -> Iterator[Flaw]:
    for number, key in enumerate(getattr(value, name)):
        if key not in whole.get(kind, {}):
            yield (name, number), f"there is no {key!r} among the {kind}"
