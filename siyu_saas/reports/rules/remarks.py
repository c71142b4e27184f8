"""What was said about the sections of a report, and where the merchant still waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from siyu_saas.tenants.rules import Side

from .shape import BODY

KIND = "report-"


def kind_of(key: str) -> str:
    """Under which kind a section is talked about."""
    return KIND + key


def by_section(comments: Iterable[Any]) -> dict[str, list[Any]]:
    """`comments` with `subject_kind`, oldest first; those about the whole report are left out."""
    found: dict[str, list[Any]] = {}
    for comment in comments:
        key = comment.subject_kind.removeprefix(KIND)
        if key in BODY:
            found.setdefault(key, []).append(comment)
    return found


def unanswered(remarks: dict[str, list[Any]]) -> list[str]:
    """Sections where the last word that both sides read is the merchant's."""
    open_ = []
    for key in BODY:
        said = [comment.author_side for comment in remarks.get(key, ()) if not comment.internal]
        if said and said[-1] is Side.MERCHANT:
            open_.append(key)
    return open_
