"""What a next stage could be about: only gaps that the records show. Source: product K4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NOTHING = ("无", "没有", "—")


@dataclass(frozen=True, slots=True)
class Proposal:
    title: str
    why: str


def proposals(unmet: Iterable[tuple[str, str]], remaining: Iterable[tuple[str, str]], needs: str) -> list[Proposal]:
    """`unmet`: target and how it ended; `remaining`: dimension and what remains; `needs`: the merchant's own words."""
    found = [Proposal(f"继续推进「{title}」", f"本期结论：{state}") for title, state in unmet]
    found += [Proposal(f"补齐{name}", words) for name, words in remaining if words and words not in NOTHING]
    if needs and needs not in NOTHING:
        found.append(Proposal("回应商家提出的需要", needs))
    return found
