"""Counts of days are written here and nowhere else, each change with what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.bulk import in_batches, insert_rows
from siyu_saas.core.database import db
from siyu_saas.metrics.models import DataImport, Observation, Replacement
from siyu_saas.metrics.queries.observations import standing
from siyu_saas.metrics.rules.fields import NOTE

IDS_AT_ONCE = 500

Counts = Mapping[tuple[str, date], int | str | None]
Standing = Mapping[tuple[str, date], sa.Row]


@dataclass(frozen=True, slots=True)
class Stored:
    added: int
    replaced: int


def store_counts(counts: Counts, source: DataImport, there: Standing) -> Stored:
    """Writes what is new or different. `counts`: by field and day, money in fen, None for known to be unknown; the
    field `note` has texts. What is not in `counts` stays as it is. `there`: what stands now (`standing_for`)."""
    changed = {key: value for key, value in counts.items() if key not in there or _held(there[key]) != value}
    replaced = [there[key] for key in changed if key in there]
    _remember(replaced, source)
    _remove([row.id for row in replaced])
    same = {"engagement_id": source.engagement_id, "scope": source.scope, "import_id": source.id}
    insert_rows(Observation, ("field", "day", "value", "text"), map(_row, changed, changed.values()), same=same)
    return Stored(len(changed) - len(replaced), len(replaced))


def overwritten(counts: Counts, there: Standing) -> list[date]:
    """Days of which a known value would become another; to fill in what nobody knew changes nothing that was said."""
    return sorted({key[1] for key, value in counts.items() if key in there and _held(there[key]) not in (None, value)})


def standing_for(counts: Counts, engagement_id: UUID, scope: str) -> Standing:
    days = [day for _field, day in counts]
    fields = sorted({field for field, _day in counts})
    return standing(engagement_id, fields, min(days), max(days), scope) if counts else {}


def _held(row: sa.Row) -> int | str | None:
    return row.text if row.field == NOTE else row.value


def _row(key: tuple[str, date], value: int | str | None) -> tuple:
    field, day = key
    return (field, day, None, value) if field == NOTE else (field, day, value, None)


def _remember(rows: list[sa.Row], source: DataImport) -> None:
    insert_rows(
        Replacement,
        ("field", "day", "before", "before_text", "before_import_id"),
        [(row.field, row.day, row.value, row.text, row.import_id) for row in rows],
        same={"import_id": source.id, "scope": source.scope},
    )


def _remove(ids: Iterable[UUID]) -> None:
    for some in in_batches(ids, IDS_AT_ONCE):
        db.session.execute(
            sa.delete(Observation).where(Observation.id.in_(some)).execution_options(synchronize_session=False)
        )


def restore_counts(source: DataImport) -> None:
    """Takes back what this import wrote. Where a later import has replaced it, that one's memory is mended instead."""
    traces = db.session.scalars(sa.select(Replacement).where(Replacement.import_id == source.id)).all()
    before = {(trace.scope, trace.field, trace.day): trace for trace in traces}
    later = db.session.scalars(sa.select(Replacement).where(Replacement.before_import_id == source.id)).all()
    for trace in later:
        older = before.pop((trace.scope, trace.field, trace.day), None)
        trace.before = older.before if older else None
        trace.before_text = older.before_text if older else None
        trace.before_import_id = older.before_import_id if older else None
    db.session.execute(
        sa.delete(Observation).where(Observation.import_id == source.id).execution_options(synchronize_session=False)
    )
    for import_id, some in _by_import(before.values()).items():
        insert_rows(
            Observation,
            ("scope", "field", "day", "value", "text"),
            [(trace.scope, trace.field, trace.day, trace.before, trace.before_text) for trace in some],
            same={"engagement_id": source.engagement_id, "import_id": import_id},
        )


def _by_import(traces: Iterable[Replacement]) -> dict[UUID, list[Replacement]]:
    """Those behind which something stood."""
    found: dict[UUID, list[Replacement]] = {}
    for trace in traces:
        if trace.before_import_id is not None:
            found.setdefault(trace.before_import_id, []).append(trace)
    return found
