"""The report among the things that are signed, printed and talked about, and what it has to do with the last stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.papers import kinds as papers
from siyu_saas.signing.kinds import Kind, register
from siyu_saas.signing.queries import sides_signed
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, leaves
from siyu_saas.tenants.rules.waiting import Open, waits_for

from .figures import figures_of
from .queries import remarks_on_newest
from .rules.remarks import by_section, unanswered
from .rules.shape import SECTIONS

LAST_WEEKS = timedelta(weeks=3)
ANSWERED_WITHIN = timedelta(days=2)

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
        remarked = _remarked(standing.engagement.id)
        if remarked:
            told = _("答复商家对报告的意见：%(sections)s", sections=_titles(remarked))
            return Missing(Side.FIRM, told, _("去答复"), REPORT.page, "report.edit")
        return Missing(Side.MERCHANT, _("阅读并签署数据对比报告"), _("阅读并签署"), REPORT.page, "report.sign")
    if Side.FIRM not in signed:
        return Missing(Side.FIRM, _("顾问签署数据对比报告"), _("去签署"), REPORT.page, "report.sign")
    return None


@waits_for
def report_at_the_end(standing: Standing) -> list[Open]:
    """In the last weeks of the guidance; after that the gate of the last stage says so."""
    engagement = standing.engagement
    comes_up = engagement.stage is Stage.GUIDE and engagement.ends_on - today() <= LAST_WEEKS
    signed = sides_signed(REPORT.key, engagement.id) if comes_up else None
    if signed is None:
        return []
    remarked = _remarked(engagement.id) if Side.MERCHANT not in signed else {}
    answer = [_to_answer(remarked)] if remarked else []
    return [*answer, *(_to_sign(side) for side in Side if side not in signed)]


def _to_sign(side: Side) -> Open:
    return Open(
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


def _to_answer(remarked: Mapping[str, datetime]) -> Open:
    since = min(remarked.values()).astimezone(SHANGHAI).date()
    return Open(
        key="report-remarks",
        side=Side.FIRM,
        title=_("答复报告里的意见"),
        note=_titles(remarked),
        icon="message-reply",
        endpoint=REPORT.page,
        permission="report.edit",
        since=since,
        due_on=since + ANSWERED_WITHIN,
        action=_("去答复"),
        consequence=_("没有答复，商家不会签"),
    )


def _remarked(engagement_id: UUID) -> dict[str, datetime]:
    """Sections where the merchant has the last word, and since when."""
    said = by_section(remarks_on_newest(engagement_id))
    return {key: said[key][-1].written_at for key in unanswered(said)}


def _titles(keys: Iterable[str]) -> str:
    return "、".join(SECTIONS[key] for key in keys)
