"""What the finished merchant came to, without a browser: the comparison as a table, the report as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

import sqlalchemy as sa
from flask import current_app

from siyu_saas.core.database import db
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.queries.baselines import current_baseline
from siyu_saas.metrics.queries.comparisons import as_happenings, comparison_of, counts_between, influences_of
from siyu_saas.metrics.rules.comparison import compare
from siyu_saas.metrics.rules.confounders import other_regime
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.metrics.rules.wording import change_text, figure_text, interval_text
from siyu_saas.papers.models import Paper
from siyu_saas.papers.page import page_of
from siyu_saas.reports.kind import REPORT_PAPER
from siyu_saas.tenants.queries.engagements import engagement_numbered

from .queries import finished_merchant

HEADS = ("指标", "基线", "服务期", "变化", "95% 区间", "判断")


def comparison_table() -> list[str] | None:
    """Lines; None when the demo is not played."""
    merchant = finished_merchant()
    if merchant is None:
        return None
    with tenant(merchant):
        return list(_lines([HEADS, *_rows()]))


def report_pdf() -> bytes | None:
    """The newest version of the report as the worker prints it."""
    from siyu_saas.papers.pdf import write_pdf  # WeasyPrint belongs into workers and commands

    merchant = finished_merchant()
    if merchant is None:
        return None
    with tenant(merchant), current_app.test_request_context():
        paper = db.session.scalar(
            sa.select(Paper)
            .where(Paper.kind == REPORT_PAPER.key)
            .order_by(Paper.made_at.desc())
            .options(sa.orm.undefer(Paper.data))
        )
        content, _pages = write_pdf(page_of(REPORT_PAPER, paper, base_url=services().settings.base_url))
    return content


def _rows() -> Iterator[tuple[str, ...]]:
    engagement_id = engagement_numbered(1).id
    row, events = comparison_of(engagement_id), as_happenings(influences_of(engagement_id))
    measures = [MEASURES[key] for key in row.measures]
    fields = sorted({field for one in measures for field in one.fields})
    whole = Window(row.before.first, row.after.last)
    counts = counts_between(engagement_id, fields, whole, current_baseline(engagement_id))
    broken = other_regime(row.before, row.after, events) is not None
    for one in measures:
        found = compare(reading(one, counts, row.before), reading(one, counts, row.after), other_regime=broken)
        sides = (figure_text(one, side.figure) for side in (found.before, found.after))
        yield one.title, *sides, change_text(found), interval_text(found), found.verdict.title


def _lines(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEADS))]
    for row in rows:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: Chinese takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
