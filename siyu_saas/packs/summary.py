"""What a pack holds, in figures and in titles."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from .library import Pack


def counts(pack: Pack) -> Mapping[str, int]:
    """As the command line prints them; an add-on is one of the packages."""
    return {
        "questionnaires": len(pack.questionnaires),
        "questions": sum(len(one.questions) for one in pack.questionnaires.values()),
        "rules": len(pack.findings),
        "metrics": len(pack.metrics),
        "benchmarks": len(pack.benchmarks),
        "packages": len(pack.packages),
        "tasks": sum(len(one.tasks) for one in pack.packages.values()),
        "checklists": len(pack.checklists),
        "items": sum(len(one.items) for one in pack.checklists.values()),
        "templates": len(pack.templates),
        "cards": len(pack.cards),
        "campaigns": len(pack.campaigns),
        "advice": len(pack.advice),
        "days": len(pack.calendar),
        "terms": len(pack.terms),
        "hints": len(pack.hints),
    }


def contents(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Kind, key and title of every entry."""
    for field in dataclasses.fields(pack):
        entries = getattr(pack, field.name)
        if isinstance(entries, Mapping):
            for key, entry in entries.items():
                yield field.name, key, _title(entry)


def references(entry: Any) -> Iterator[str]:
    """Every source that an entry or one of its parts names."""
    if dataclasses.is_dataclass(entry):
        yield from getattr(entry, "source_refs", ())
        for field in dataclasses.fields(entry):
            yield from references(getattr(entry, field.name))
    elif isinstance(entry, Mapping):
        for part in entry.values():
            yield from references(part)
    elif isinstance(entry, tuple):
        for part in entry:
            yield from references(part)


def _title(entry: Any) -> str:
    names = ("title", "problem", "says", "action")
    return next(getattr(entry, name) for name in names if hasattr(entry, name))
