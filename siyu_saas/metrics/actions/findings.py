"""What looking at a table shows, as JSON for its page: how much, what is wrong, what looks odd, what it would change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from siyu_saas.core.clock import today
from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.queries.imports import orders_between, same_content
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.rules.fields import FIELDS, NOTE, Kind
from siyu_saas.metrics.rules.reading.checks import CHECKED_FIELDS, SCAN_DAYS, doubts
from siyu_saas.metrics.rules.reading.days import Days
from siyu_saas.metrics.rules.reading.orders import order_lines
from siyu_saas.metrics.rules.reading.plans import Plan
from siyu_saas.metrics.rules.reading.problems import Problems
from siyu_saas.metrics.tables import Table

from .observations import overwritten, standing_for

DOUBTS_KEPT = 200
PROGRESS_ROWS = 5_000


def findings_of_orders(table: Table, plan: Plan, progress: Callable[[int], None]) -> dict[str, Any]:
    """One pass over the whole file without writing anything."""
    problems, count, total, first, last = Problems(), 0, 0, None, None
    lines = order_lines(
        table.numbered(plan.first_row), plan.roles, plan.names, key_of=_no_key, today=today(), problems=problems
    )
    for _key, day, fen in lines:
        count, total = count + 1, total + fen
        first = day if first is None or day < first else first
        last = day if last is None or day > last else last
        if count % PROGRESS_ROWS == 0:
            progress(count)
    return {
        "rows": count,
        "total_fen": total,
        "first_day": first and first.isoformat(),
        "last_day": last and last.isoformat(),
        **_problems(problems),
    }


def findings_of_days(found: Days) -> dict[str, Any]:
    days = found.days
    return {
        "rows": found.rows,
        "days": len(days),
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
        "missing_days": (days[-1] - days[0]).days + 1 - len(days) if days else 0,
        "fields": _by_field(found),
        **_problems(found.problems),
    }


def changes_of_days(row: DataImport, found: Days) -> dict[str, Any]:
    """Against what stands in the database: new, different, and what then does not fit together."""
    if not found.counts:
        return {"adds": 0, "replaces": 0, "replaced_days": [], "overwritten": [], "doubts": [], "doubt_count": 0}
    first, last = min(day for _field, day in found.counts), max(day for _field, day in found.counts)
    there = standing_for(found.counts, row.engagement_id, row.scope)
    different = [
        (field, day)
        for (field, day), value in found.counts.items()
        if (field, day) in there and value != (there[field, day].text if field == NOTE else there[field, day].value)
    ]
    values = daily(row.engagement_id, CHECKED_FIELDS, first - timedelta(SCAN_DAYS), last, row.scope)
    for (field, day), value in found.counts.items():
        if field in values:
            values[field][day] = value
    odd = doubts(values, found.days)
    return {
        "adds": sum(key not in there for key in found.counts),
        "replaces": len(different),
        "replaced_days": sorted({day.isoformat() for _field, day in different}),
        "overwritten": [day.isoformat() for day in overwritten(found.counts, there)],
        "doubts": [[doubt.day.isoformat(), doubt.field, doubt.sentence] for doubt in odd[:DOUBTS_KEPT]],
        "doubt_count": len(odd),
    }


def changes_of_orders(row: DataImport, findings: dict[str, Any]) -> dict[str, Any]:
    twin = same_content(row.engagement_id, row.sha256, row.id)
    first, last = findings["first_day"], findings["last_day"]
    return {
        "twin": twin and twin.name,
        "overlap": orders_between(row.engagement_id, *map(date.fromisoformat, (first, last))) if first else 0,
    }


def _no_key(_customer: str) -> bytes:
    return b""


def _by_field(found: Days) -> list[list]:
    """[title, days with a value, sum of a flow or last value of a stock, whether in fen]."""
    rows = []
    for key, field in FIELDS.items():
        known = {day: value for (name, day), value in found.counts.items() if name == key and value is not None}
        if known:
            figure = known[max(known)] if field.kind is Kind.STOCK else sum(known.values())
            rows.append([field.title, len(known), figure, field.is_money, field.kind is Kind.STOCK])
    return rows


def _problems(problems: Problems) -> dict[str, Any]:
    return {
        "problems": [[one.row, one.column, one.sentence] for one in problems.kept],
        "problem_count": problems.count,
        "bad_rows": problems.bad_rows,
        "skipped": dict(problems.skipped),
    }
