"""What can be talked about. Each room registers its things beside its own rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that was found in the merchant's scope: its service period, what people call it, its page.

    `anchor` is where on that page it is talked about, `owners` are those who have it to do, `role` who does where
    nobody is named; `team_only`: the merchant does not see it, at least not yet.
    """

    engagement_id: UUID
    label: str
    endpoint: str
    values: dict[str, Any]
    anchor: str = "talk"
    owners: frozenset[UUID] = frozenset()
    role: str = ""
    team_only: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """`find` answers with the topic of an id, or None for one that is not there."""

    kind: str
    title: str
    find: Callable[[UUID], Topic | None]


SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> Subject:
    SUBJECTS[subject.kind] = subject
    return subject
