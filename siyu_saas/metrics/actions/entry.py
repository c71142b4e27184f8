"""Numbers that somebody types."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.queries.imports import import_of_form
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.states import ImportState, Source

from .locks import ask_for_reason
from .observations import Counts, overwritten, standing_for, store_counts


def enter_counts(
    counts: Counts,
    *,
    engagement_id: UUID,
    title: str,
    form_key: str | None,
    by: Actor,
    reason: str = "",
    scope: str = ALL,
) -> DataImport:
    """Stores counts at once, as one import that can be undone like any other. Raises ReasonMissing
    where known values of a locked window would change."""
    before = import_of_form(form_key)
    if before is not None:
        return before
    days = sorted({day for _field, day in counts})
    there = standing_for(counts, engagement_id, scope)
    ask_for_reason(engagement_id, overwritten(counts, there), reason)
    content = _canonical(counts)
    row = DataImport(
        engagement_id=engagement_id,
        source=Source.ENTRY,
        state=ImportState.DONE,
        name=title,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        preset="daily",
        scope=scope,
        plan={},
        findings={},
        rows=len(days),
        first_day=days[0],
        last_day=days[-1],
        reason=reason,
        form_key=form_key,
        given_by=by.user_id,
        given_by_name=by.name,
        written_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    stored = store_counts(counts, row, there)
    row.added, row.replaced = stored.added, stored.replaced
    audit.record("data.entered", row, by=by, label=title)
    db.session.flush()
    return row


def _canonical(counts: Mapping[tuple[str, date], int | str | None]) -> bytes:
    rows = sorted((day.isoformat(), field, value) for (field, day), value in counts.items())
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
