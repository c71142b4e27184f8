"""Who the merchant is, what was agreed to be done, and what was not."""

from __future__ import annotations

from siyu_saas.charter.queries import agreed_sections
from siyu_saas.reports.rules.shape import Facts, Section, Words
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.queries.merchants import workspace_with
from siyu_saas.tenants.rules.packages import PACKAGES

BOUNDARIES = ("我们不做什么", "目标的性质")


def section(engagement: Engagement) -> Section:
    title, _days = PACKAGES.get(engagement.package, (engagement.title, 0))
    merchant = workspace_with(engagement.tenant_id)
    pairs = (
        ("商家", merchant.name),
        ("概况", merchant.about or "未填"),
        ("服务期", f"{engagement.title}，{engagement.starts_on} 至 {engagement.ends_on}"),
        ("服务包", title),
        ("当前阶段", engagement.stage.title),
        ("全程对接人", engagement.coordinator or "（待定）"),
    )
    agreed = agreed_sections(engagement.id)
    said = [one["text"] for one in agreed if one["heading"].endswith(BOUNDARIES)]
    told = tuple(said) if said else ("合作说明还没有双方签署，边界未约定。",)
    return Section("profile", (Facts(pairs), Words(told, heading="边界（合作说明）")))
