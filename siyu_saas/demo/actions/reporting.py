"""The report: gathered, worded, sent, signed by both sides, and once more after a correction."""

from __future__ import annotations

from datetime import date

from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.reports.actions import make_report, revise_report, send_report, word_report
from siyu_saas.reports.gather import gather
from siyu_saas.reports.kind import REPORT, REPORT_PAPER
from siyu_saas.reports.models import Report
from siyu_saas.reports.printing import printable_data
from siyu_saas.signing.queries import latest_to_change

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
    with telling(moment(on, 17)):
        data, edition = printable_data(row)
        ask_for_paper(
            REPORT_PAPER, cast.engagement.id, row.id, row.title, data, edition=edition, by=cast.consultant.actor
        )


def _send_and_sign(cast: Cast, row: Report, *, on: date) -> None:
    by = cast.consultant.actor
    with telling(moment(on, 11)):
        words = {key: {**one, "confirmed": True} for key, one in row.narrative.items()}
        word_report(row, words, row.hidden, by=by)
        document = send_report(row, by=by)
    with telling(moment(on, 15)):
        cast.sign(document, cast.boss)
        cast.sign(document, cast.consultant)
