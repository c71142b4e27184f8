"""The report: gathered, worded, sent, signed by both sides, and once more after a correction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.reports.actions import make_report, revise_report, send_report, word_report
from siyu_saas.reports.gather import gather
from siyu_saas.reports.kind import REPORT, REPORT_PAPER
from siyu_saas.reports.models import Report
from siyu_saas.reports.paper import changes_between, paper_data, state_of
from siyu_saas.reports.queries import report_numbered
from siyu_saas.signing.models import Document
from siyu_saas.signing.queries import latest_to_change, signatures_of

from .cast import Cast


def report(cast: Cast, firm_name: str, *, on: date) -> Report:
    """The first version; every sentence that the rules propose is confirmed as it stands."""
    by = cast.consultant.actor
    with telling(moment(on, 10)):
        data = gather(cast.engagement, merchant=cast.merchant.name, firm=firm_name, on=on)
        row = make_report(None, data, engagement_id=cast.engagement.id, by=by)
    _send_and_sign(cast, row, on=on)
    return row


def correct(cast: Cast, firm_name: str, row: Report, *, reason: str, on: date) -> Report:
    """The next version from today's numbers."""
    document = latest_to_change(REPORT.key, cast.engagement.id)
    with telling(moment(on, 10)):
        data = gather(cast.engagement, merchant=cast.merchant.name, firm=firm_name, on=on)
        fresh = revise_report(row, document, data, reason=reason, by=cast.consultant.actor)
    _send_and_sign(cast, fresh, on=on)
    return fresh


def print_it(cast: Cast, row: Report, *, on: date) -> None:
    """Queued for the worker."""
    document = latest_to_change(REPORT.key, cast.engagement.id)
    with telling(moment(on, 17)):
        ask_for_paper(
            REPORT_PAPER,
            cast.engagement.id,
            row.id,
            row.title,
            printed_data(row, document),
            edition=f"第 {row.number} 版 {state_of(document)}",
            by=cast.consultant.actor,
        )


def printed_data(row: Report, document: Document) -> Mapping:
    before = report_numbered(row.engagement_id, row.number - 1) if row.number > 1 else None
    changes = changes_between(before, row) if before else []
    return paper_data(row, document, signatures_of(document.id), changes)


def _send_and_sign(cast: Cast, row: Report, *, on: date) -> None:
    by = cast.consultant.actor
    with telling(moment(on, 11)):
        words = {key: {**one, "confirmed": True} for key, one in row.narrative.items()}
        word_report(row, words, row.hidden, by=by)
        document = send_report(row, by=by)
    with telling(moment(on, 15)):
        cast.sign(document, cast.boss)
        cast.sign(document, cast.consultant)
