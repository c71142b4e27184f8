"""From live records to one `ReportData`. Each section is gathered from its room; what is not there is said to be so."""

from __future__ import annotations

from datetime import date

from siyu_saas.reports.rules.shape import BODY, ReportData, Section
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules.packages import PACKAGES

from . import asked, closing, doing, figures, goals, onepage, profile, segments
from . import found as findings


def gather(engagement: Engagement, *, merchant: str, firm: str, on: date) -> ReportData:
    measured = figures.measured_of(engagement)
    aims = goals.targets_of(engagement.id)
    executed, records = doing.execution(engagement.id, on=on)
    found: dict[str, Section] = {
        section.key: section
        for section in (
            profile.section(engagement),
            findings.section(engagement.id),
            goals.section(aims),
            figures.compare(measured),
            figures.funnel(measured),
            figures.gmv(measured),
            closing.qualitative(engagement.id),
            executed,
            doing.campaigns(engagement.id, measured),
            segments.section(engagement.id),
            closing.advice(engagement.id),
            closing.feedback(engagement.id),
            figures.method(measured),
        )
    }
    found["advice"] = asked.with_answers(found, measured)
    found["onepage"] = onepage.section(measured, aims, found)
    appendix = (*figures.appendix(measured), *records)
    if appendix:
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
        windows=figures.windows_text(measured),
        made_on=on.isoformat(),
        sections=shown,
        gaps=tuple(onepage.gaps(measured, aims, found)),
        appendix=appendix,
    )
