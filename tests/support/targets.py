"""A target as a consultant would draft it, and the demo merchant's counts in a workspace."""

from __future__ import annotations

from datetime import date
from typing import Any

from siyu_saas.core.audit import Actor
from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.targets.actions.targets import draft_target
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.states import Mode


def terms(**changes: Any) -> dict[str, Any]:
    """T1a of domain D4: parcels to WeCom, 4 % → 12 %."""
    usual = {
        "metric": "parcel_to_wecom_rate",
        "unit": Unit.SHARE,
        "better": Better.UP,
        "title": "包裹卡企微转化率",
        "scope": "仅包裹卡渠道",
        "value": 1200,
        "reason": "",
        "baseline_id": None,
        "baseline_value": 400,
        "baseline_first": date(2026, 3, 18),
        "baseline_last": date(2026, 4, 14),
        "baseline_days": 28,
        "band_low": 1000,
        "band_high": 2000,
        "benchmarks": [
            {
                "low": 1000,
                "high": 2000,
                "source": "代运营口径",
                "year": "2022",
                "segment": "服装",
                "strength": "seed",
                "note": "",
                "sample": None,
            }
        ],
        "suggested_value": 1200,
        "suggest_rule": "baseline_to_top_midpoint",
        "alternative_value": 1500,
        "first": date(2026, 4, 18),
        "last": date(2026, 5, 31),
        "mode": Mode.TRAILING,
        "trailing_days": 14,
        "ramp": True,
        "before_first": date(2026, 3, 18),
        "before_last": date(2026, 4, 14),
        "after_first": date(2026, 5, 4),
        "after_last": date(2026, 5, 31),
        "owner_merchant": "操盘手甲",
        "owner_consultant": "顾问演示",
        "actions": ["包裹卡改版", "100% 中奖抽奖", "公众号加粉改直加企微"],
        "assumptions": ["日均发货 1400 件"],
        "confirmed": True,
    }
    return {**usual, **changes}


def make_target(engagement_id, *, by: Actor, **changes: Any) -> Target:
    """In the merchant's scope."""
    return draft_target(engagement_id, terms(**changes), by=by)
