"""Keeping how customers were put into segments: the report shows them that way."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.core.errors import NotReady
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.queries.customers import portrait_on
from siyu_saas.metrics.rules.calculators.catalog import EDITION, RFM
from siyu_saas.metrics.rules.rfm import told
from siyu_saas.metrics.rules.rhythm import chosen

from .calculations import keep_calculation


def keep_segments(
    engagement_id: UUID, asof: date, interval: str, order: str, *, form_key: str | None, by: Actor
) -> CalcRun:
    """`interval` in days and `order` in yuan as they were typed. Raises NotReady when there is nobody to put anywhere."""
    found = portrait_on(engagement_id, asof, chosen(interval, order))
    if found is None:
        raise NotReady("这段时间没有订单，没有可以分层的顾客。先导入订单明细，或换一个截止日。")
    shown, _beat = found
    return keep_calculation(
        engagement_id,
        RFM.key,
        f"{RFM.title}：截至 {asof}，{shown.customers:,} 位顾客",
        {"asof": asof.isoformat(), "interval": interval, "order": order},
        told(shown),
        edition=EDITION,
        form_key=form_key,
        by=by,
    )
