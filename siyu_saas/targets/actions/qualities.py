"""Targets without a number: set, judged by both sides, taken away."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.targets.models import Quality, QualityMark
from siyu_saas.targets.queries import row_of_form
from siyu_saas.targets.rules.qualities import STEPS
from siyu_saas.tenants.rules import Side


def set_quality(engagement_id: UUID, title: str, good: str, *, form_key: str | None, by: Actor) -> Quality:
    """The same form submitted again gives the one of the first time."""
    before = row_of_form(Quality, form_key) if form_key else None
    if before is not None:
        return before
    row = Quality(
        id=new_id(), engagement_id=engagement_id, title=title, good=good, form_key=form_key, made_by_name=by.name
    )
    db.session.add(row)
    audit.record("quality.set", row, by=by, label=title)
    db.session.flush()
    return row


def mark_quality(
    quality: Quality, *, side: Side, step: int, words: str, form_key: str | None, by: Actor
) -> QualityMark:
    before = row_of_form(QualityMark, form_key) if form_key else None
    if before is not None:
        return before
    mark = QualityMark(
        id=new_id(),
        quality_id=quality.id,
        side=side,
        step=step,
        words=words,
        form_key=form_key,
        given_by_name=by.name,
    )
    db.session.add(mark)
    audit.record("quality.marked", quality, by=by, label=f"{quality.title}：{STEPS[step]}")
    db.session.flush()
    return mark


def remove_quality(quality: Quality, *, by: Actor) -> None:
    quality.removed_at = now()
    audit.record("quality.removed", quality, by=by, label=quality.title)
    db.session.flush()
