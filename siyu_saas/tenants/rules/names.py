"""How files and addresses are named."""

from __future__ import annotations


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
