"""How long a comment may be mended, and who is meant by an @."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

MENDABLE_FOR = timedelta(minutes=10)
LONGEST_COMMENT = 5_000  # code points
MOST_FILES = 9
EXCERPT = 60


def may_mend(*, author_id: UUID | None, reader_id: UUID, written_at: datetime, at: datetime) -> bool:
    return author_id == reader_id and at - written_at <= MENDABLE_FOR


def mentioned(text: str, people: Mapping[UUID, str]) -> list[UUID]:
    """Those whose name stands behind an @; of two names that begin alike, the longer one is meant."""
    found: list[UUID] = []
    by_length = sorted(people.items(), key=lambda person: -len(person[1]))
    for part in text.split("@")[1:]:
        meant = next((person_id for person_id, name in by_length if name and part.startswith(name)), None)
        if meant is not None and meant not in found:
            found.append(meant)
    return found


def may_be_told(people: Iterable[tuple[UUID, str, bool]], *, internal: bool) -> dict[UUID, str]:
    """Names by id of rows (id, name, is of the firm) who may read a comment."""
    return {person_id: name for person_id, name, of_firm in people if of_firm or not internal}


def excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
