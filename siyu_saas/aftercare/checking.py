"""30, 60 and 90 days after: the same measures, the same four weeks, held against the service window. Source: product K3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from siyu_saas.metrics.queries.comparisons import comparison_of, counts_between
from siyu_saas.metrics.rules.comparison import compare
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Window, usual_window
from siyu_saas.metrics.rules.wording import change_text, figure_text
from siyu_saas.tenants.models import Engagement

from .rules.satisfaction import after_checks


@dataclass(frozen=True)
class Check:
    """`rows`: measure, in the service window, now, change, verdict; empty before its day and without an agreement."""

    day: date
    window: Window
    is_due: bool
    rows: tuple[tuple[str, str, str, str, str], ...]


def checks_of(engagement: Engagement, *, on: date) -> list[Check]:
    agreed = comparison_of(engagement.id)
    days = after_checks(engagement.ends_on)
    if agreed is None or days[0] > on:
        return [Check(day, usual_window(day), day <= on, ()) for day in days]
    measures = [MEASURES[key] for key in (agreed.headline or agreed.measures) if key in MEASURES]
    fields = sorted({field for one in measures for field in one.fields})
    counts = counts_between(
        engagement.id, fields, Window(agreed.after_first, max(day for day in days if day <= on)), None
    )
    found = []
    for day in days:
        window, rows = usual_window(day), []
        for measure in measures if day <= on else ():
            change = compare(reading(measure, counts, agreed.after), reading(measure, counts, window))
            sides = (figure_text(measure, side.figure) for side in (change.before, change.after))
            rows.append((measure.title, *sides, change_text(change), change.verdict.title))
        found.append(Check(day, window, day <= on, tuple(rows)))
    return found
