"""Keeping what was calculated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.queries.calculations import run_of_form


def keep_calculation(
    engagement_id: UUID,
    calculator: str,
    title: str,
    inputs: Mapping[str, str],
    outputs: Sequence[tuple[str, str]],
    *,
    edition: int,
    form_key: str | None,
    by: Actor,
) -> CalcRun:
    """The same form submitted again gives the calculation of the first time."""
    before = run_of_form(form_key) if form_key else None
    if before is not None:
        return before
    row = CalcRun(
        id=new_id(),
        engagement_id=engagement_id,
        calculator=calculator,
        title=title,
        inputs=dict(inputs),
        outputs=[list(pair) for pair in outputs],
        edition=edition,
        made_by_name=by.name,
        form_key=form_key,
    )
    db.session.add(row)
    audit.record("calculation.kept", row, by=by, label=title)
    db.session.flush()
    return row
