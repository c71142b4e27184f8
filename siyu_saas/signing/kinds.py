"""What can be signed. Each room registers its kind beside its own rules; the page is where people read and sign it."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.tenants.rules import Side


@dataclass(frozen=True, slots=True)
class Kind:
    """`sides` have to sign before it is in force; whoever proposes a text that only the other side signs stands by it."""

    key: str
    title: str
    page: str
    sides: frozenset[Side] = frozenset(Side)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    KINDS[kind.key] = kind
    return kind
