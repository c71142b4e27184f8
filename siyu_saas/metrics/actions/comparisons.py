"""Agreeing on windows and measures before the result is known, moving them with a reason, and wording the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.models import Comparison, Influence
from siyu_saas.metrics.rules.confounders import Kind
from siyu_saas.metrics.rules.windows import Window


def agree_comparison(
    engagement_id: UUID, before: Window, after: Window, measures: Sequence[str], headline: Sequence[str], *, by: Actor
) -> Comparison:
    row = Comparison(
        id=new_id(),
        engagement_id=engagement_id,
        before_first=before.first,
        before_last=before.last,
        after_first=after.first,
        after_last=after.last,
        measures=list(measures),
        headline=list(headline),
        moves=[],
        locked_at=now(),
        locked_by_name=by.name,
    )
    db.session.add(row)
    audit.record("comparison.agreed", row, by=by, label=_label(before, after))
    db.session.flush()
    return row


def move_comparison(
    row: Comparison,
    before: Window,
    after: Window,
    measures: Sequence[str],
    headline: Sequence[str],
    *,
    reason: str,
    by: Actor,
) -> None:
    """Locked windows move only with a reason, which stays. Source: domain C3, rule 1."""
    same = (row.before, row.after, row.measures, row.headline) == (before, after, list(measures), list(headline))
    if same:
        return
    if not reason:
        raise NotReady("窗口和指标已经锁定，更改要写明原因；原来的窗口会留在记录里。")
    trace = {"at": now().isoformat(), "by": by.name, "reason": reason, "was": _label(row.before, row.after)}
    row.moves = [*row.moves, trace]
    row.before_first, row.before_last = before.first, before.last
    row.after_first, row.after_last = after.first, after.last
    row.measures, row.headline = list(measures), list(headline)
    row.confirmed_at = None
    changes = {"reason": (None, reason), "windows": (trace["was"], _label(before, after))}
    audit.record("comparison.moved", row, by=by, label=_label(before, after), changes=changes)
    db.session.flush()


def word_conclusion(row: Comparison, words: str, *, confirmed: bool, by: Actor) -> None:
    """The consultant's own sentence; until it is confirmed the page marks it as a draft."""
    if confirmed and not words:
        raise NotReady("结论还是空的，写好再确认。")
    row.conclusion = words
    row.confirmed_at = now() if confirmed else None
    row.confirmed_by_name = by.name if confirmed else ""
    label = _label(row.before, row.after)
    audit.record("comparison.concluded" if confirmed else "comparison.worded", row, by=by, label=label)
    db.session.flush()


def enter_influence(engagement_id: UUID, kind: Kind, title: str, first: date, last: date, *, by: Actor) -> Influence:
    row = Influence(
        id=new_id(),
        engagement_id=engagement_id,
        kind=kind,
        title=title,
        first=first,
        last=last,
        entered_by_name=by.name,
    )
    db.session.add(row)
    audit.record("influence.entered", row, by=by, label=f"{kind.title} {title}")
    db.session.flush()
    return row


def remove_influence(row: Influence, *, by: Actor) -> None:
    audit.record("influence.removed", row, by=by, label=f"{row.kind.title} {row.title}")
    db.session.delete(row)
    db.session.flush()


def _label(before: Window, after: Window) -> str:
    return f"{before.first} 至 {before.last} 对 {after.first} 至 {after.last}"
