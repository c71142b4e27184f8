"""The report among the things that are signed, printed and talked about, and what it has to do with the last stage."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.papers import kinds as papers
from siyu_saas.signing.kinds import Kind, register
from siyu_saas.signing.queries import sides_signed
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, leaves
from siyu_saas.tenants.rules.waiting import Open, waits_for

from .figures import figures_of

LAST_WEEKS = timedelta(weeks=3)

REPORT = register(Kind("report", "数据对比报告", "reports.index"))
REPORT_PAPER = papers.register(
    papers.PaperKind("report", "数据对比报告", "reports/paper/report.html", figures_of, "report.see")
)

BRIEF_PAPER = papers.register(papers.PaperKind("brief", "周报", "reports/paper/brief.html", permission="report.see"))


@leaves(Stage.CLOSE)
def report_is_signed(standing: Standing) -> Missing | None:
    signed = sides_signed(REPORT.key, standing.engagement.id)
    if signed is None:
        return Missing(Side.FIRM, _("生成数据对比报告并发给商家"), _("去生成"), REPORT.page, "report.edit")
    if Side.MERCHANT not in signed:
        return Missing(Side.MERCHANT, _("阅读并签署数据对比报告"), _("阅读并签署"), REPORT.page, "report.sign")
    if Side.FIRM not in signed:
        return Missing(Side.FIRM, _("顾问签署数据对比报告"), _("去签署"), REPORT.page, "report.sign")
    return None


@waits_for
def report_to_sign(engagement: Engagement) -> list[Open]:
    """In the last weeks of the guidance; after that the gate of the last stage says so."""
    comes_up = engagement.stage is Stage.GUIDE and engagement.ends_on - today() <= LAST_WEEKS
    signed = sides_signed(REPORT.key, engagement.id) if comes_up else None
    return [
        Open(
            key=f"report-{side.value}",
            side=side,
            title=_("签署数据对比报告"),
            note="",
            icon="signature",
            endpoint=REPORT.page,
            permission="report.sign",
            since=today(),
            due_on=today(),
            action=_("阅读并签署"),
        )
        for side in Side
        if signed is not None and side not in signed
    ]
