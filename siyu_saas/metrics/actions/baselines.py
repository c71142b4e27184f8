"""Freezing a baseline: once, and again only with a reason."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.queries.baselines import current_baseline, sources_between
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import FIELDS
from siyu_saas.metrics.rules.vault import digest, frozen
from siyu_saas.metrics.rules.windows import Window


def freeze_baseline(engagement_id: UUID, window: Window, *, reason: str, by: Actor, scope: str = ALL) -> Baseline:
    """What is known now of `window`. The same window with the same numbers again is the baseline that is there."""
    counts = frozen(daily(engagement_id, FIELDS, window.first, window.last, scope), FIELDS, window)
    if not counts:
        raise NotReady("这段时间还没有任何数据，先导入再冻结。")
    sha256, before = digest(window, counts), current_baseline(engagement_id, scope)
    if before is not None and before.sha256 == sha256:
        return before
    if before is not None and not reason:
        raise NotReady("已有冻结的基线，重新冻结要写明原因；旧的一份会保留。")
    row = Baseline(
        id=new_id(),
        engagement_id=engagement_id,
        scope=scope,
        number=before.number + 1 if before else 1,
        first=window.first,
        last=window.last,
        counts=counts,
        sources=sources_between(engagement_id, window.first, window.last, scope),
        sha256=sha256,
        reason=reason,
        frozen_at=now(),
        frozen_by_name=by.name,
    )
    db.session.add(row)
    of = "" if scope == ALL else f"「{scope}」"
    label = f"{of}第 {row.number} 版，{window.first} 至 {window.last}"
    audit.record("baseline.frozen", row, by=by, label=label, changes={"reason": (None, reason or None)})
    db.session.flush()
    return row
