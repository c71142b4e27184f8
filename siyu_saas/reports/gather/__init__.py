"""From live records to one `ReportData`. Each section is gathered from its room; what is not there is said to be so."""

from __future__ import annotations

from datetime import date

from siyu_saas.reports.rules.shape import BODY, ReportData, Section
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules.packages import PACKAGES

from . import asked, closing, doing, goals, onepage, profile, segments
from . import found as findings
from .comparing import compare
from .measured import measured_of, windows_text
from .method import appendix, method
from .selling import funnel, gmv


def gather(engagement: Engagement, *, merchant: str, firm: str, on: date) -> ReportData:
    measured = measured_of(engagement)
    aims = goals.targets_of(engagement.id)
    executed, records = doing.execution(engagement.id, on=on)
    found: dict[str, Section] = {
        section.key: section
        for section in (
            profile.section(engagement),
            findings.section(engagement.id),
            goals.section(aims),
            compare(measured),
            funnel(measured),
            gmv(measured),
            closing.qualitative(engagement.id),
            executed,
            doing.campaigns(engagement.id, measured),
            segments.section(engagement.id),
            closing.advice(engagement.id),
            closing.feedback(engagement.id),
            method(measured),
        )
    }
    found["advice"] = asked.with_answers(found, measured)
    found["onepage"] = onepage.section(measured, aims, found)
    tables = (*appendix(measured), *records)
    if tables:
        found["appendix"] = Section("appendix", draft="", missing="")
    shown = tuple(found.get(key, Section(key)) for key in BODY)
    return ReportData(
        merchant=merchant,
        firm=firm,
        engagement=engagement.title,
        package=PACKAGES.get(engagement.package, (engagement.title, 0))[0],
        coordinator=engagement.coordinator or "（待定）",
        first=engagement.starts_on.isoformat(),
        last=engagement.ends_on.isoformat(),
        windows=windows_text(measured),
        made_on=on.isoformat(),
        sections=shown,
        gaps=tuple(onepage.gaps(measured, aims, found)),
        appendix=tables,
    )
