"""Footnotes: each source of a report gets one number, and each figure that it is named for carries that number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Noted = list[dict[str, Any]]


def numbered(sections: Iterable[Mapping[str, Any]]) -> Noted:
    """Sources in reading order, each once, with its number."""
    notes: Noted = []
    for section in sections:
        for source in section["sources"]:
            if not any(_same(note, source) for note in notes):
                notes.append({**source, "n": len(notes) + 1})
    return notes


def marks_of(section: Mapping[str, Any], notes: Noted) -> dict[str, int]:
    """The number of the note behind a card, a row or a fact, by its name."""
    by_name: dict[str, int] = {}
    for note in notes:
        by_name.setdefault(note["name"], note["n"])
    return {name: by_name[name] for name in _names(section["blocks"]) if name in by_name}


def whole(section: Mapping[str, Any], notes: Noted, marks: Mapping[str, int]) -> list[int]:
    """Numbers of the section's own sources that no single figure is named for."""
    own = [note for note in notes if any(_same(note, source) for source in section["sources"])]
    return [note["n"] for note in own if note["n"] not in marks.values()]


def _names(blocks: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for block in blocks:
        if block["kind"] == "cards":
            yield from (card["name"] for card in block["cards"])
        elif block["kind"] == "table":
            yield from (row[0] for row in block["rows"])
        elif block["kind"] == "facts":
            yield from (name for name, _value in block["pairs"])


def _same(note: Mapping[str, Any], source: Mapping[str, Any]) -> bool:
    return all(note[key] == source[key] for key in ("name", "metric", "window", "version"))
