"""Checklists: what to do, why, how, and when it counts as done."""

from __future__ import annotations

from dataclasses import dataclass

EVIDENCE = ("screenshot", "link", "file", "data", "recording", "note", "signoff")
SIDES = ("firm", "merchant", "both")


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """`side` does it, `reviewer` accepts the evidence; `metric` is what it should move."""

    key: str
    title: str
    why: str
    how: str
    acceptance: str
    evidence: str
    side: str
    role: str
    reviewer: str
    owner_text: str
    helpers: tuple[str, ...] = ()
    metric: str | None = None
    template: str | None = None
    source_refs: tuple[str, ...] = ()
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is handed over as one piece of guidance."""

    key: str
    title: str
    items: tuple[ChecklistItem, ...]
    source_refs: tuple[str, ...]
    theme: str = ""
    about: str = ""
    version: int = 1
    time_sensitive: bool = False
