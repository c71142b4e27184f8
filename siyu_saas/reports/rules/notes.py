"""Footnotes: each source of a report gets one number, and each figure that it is named for carries that number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Noted = list[dict[str, Any]]
TARGET, TARGETS = "目标", "targets.board"


def numbered(sections: Iterable[Mapping[str, Any]]) -> Noted:
    """Sources in reading order, each once, with its number and the section that names it first."""
    notes: Noted = []
    for section in sections:
        for source in section["sources"]:
            if not any(_same(note, source) for note in notes):
                notes.append({**source, "n": len(notes) + 1, "section": section["key"]})
    return notes


def noted(section: Mapping[str, Any], notes: Noted) -> dict[str, Any]:
    """The section with the numbers of notes: `marks` by name in each block, `whole` for sources that no figure names."""
    own = [note for note in notes if any(_same(note, source) for source in section["sources"])]
    blocks = [{**block, "marks": _marks(block, own, notes)} for block in section["blocks"]]
    used = {n for block in blocks for n in block["marks"].values()}
    return {**section, "blocks": blocks, "whole": [note["n"] for note in own if note["n"] not in used]}


def _marks(block: Mapping[str, Any], own: Noted, notes: Noted) -> dict[str, int]:
    """The section's own sources first; a target may be named like the metric that it is measured by."""
    of_targets = block["kind"] == "table" and block["head"][0] == TARGET
    by_likeness = sorted(notes, key=lambda note: (note not in own, (note["place"] == TARGETS) is not of_targets))
    found: dict[str, int] = {}
    for note in by_likeness:
        found.setdefault(note["name"], note["n"])
    return {name: found[name] for name in _names(block) if name in found}


def _names(block: Mapping[str, Any]) -> Iterable[str]:
    if block["kind"] == "cards":
        return [card["name"] for card in block["cards"]]
    if block["kind"] == "table":
        return [row[0] for row in block["rows"]]
    return [name for name, _value in block["pairs"]] if block["kind"] == "facts" else []


def _same(note: Mapping[str, Any], source: Mapping[str, Any]) -> bool:
    return all(note[key] == source[key] for key in ("name", "metric", "window", "version"))
