"""The list of versions, and one of them on a page that a phone shows well."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, render_template, url_for
from flask_login import current_user

from siyu_saas.accounts.proof import asked_proof
from siyu_saas.core.clock import today
from siyu_saas.papers.views import paper_context
from siyu_saas.reports.figures import figures_on_pages
from siyu_saas.reports.gather import gather
from siyu_saas.reports.kind import REPORT, REPORT_PAPER
from siyu_saas.reports.models import Report
from siyu_saas.reports.paper import changes_between, shown_data, state_of
from siyu_saas.reports.queries import report_numbered, report_with, reports_of
from siyu_saas.reports.rules.remarks import by_section, kind_of, unanswered
from siyu_saas.reports.rules.shape import BODY, ReportData
from siyu_saas.reports.subject import REPORT_SUBJECT
from siyu_saas.signing.forms import ChangeForm, SignForm
from siyu_saas.signing.queries import signatures_of, version_numbered
from siyu_saas.signing.rules import grouped
from siyu_saas.talk.queries import comments_around
from siyu_saas.talk.views import thread_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.tenants.rules import Side

from .blueprints import reports


@reports.get("")
@may("report.see")
def index():
    rows = reports_of(g.engagement.id, team=g.access.may("report.edit"))
    return render_template("reports/index.html", rows=rows)


@reports.get("/gaps")
@may("report.edit")
def gaps():
    """Before anything is made: what a reader would miss, each with the page that mends it."""
    found = gathered()
    missing = [(gap, _page_of(gap.endpoint)) for gap in found.gaps]
    return render_template("reports/gaps.html", gaps=missing, windows=found.windows)


@reports.get("/<uuid:report_id>")
@may("report.see")
def show(report_id: UUID):
    return report_page(row_or_404(report_id))


def gathered() -> ReportData:
    return gather(g.engagement, merchant=g.access.name, firm=firm_with(g.access.firm_id).name, on=today())


def row_or_404(report_id: UUID) -> Report:
    row = report_with(report_id, g.engagement.id)
    if row is None or (row.sent_at is None and not g.access.may("report.edit")):
        abort(404)
    return row


def report_page(row: Report, form: SignForm | None = None, change: ChangeForm | None = None) -> str:
    document = version_numbered(REPORT.key, g.engagement.id, row.number)
    proposed = document if document is not None and document.proposed_at is not None else None
    signatures = signatures_of(proposed.id) if proposed else []
    signed = {one.side: one for one in signatures}
    form, proof = form or SignForm(formdata=None), asked_proof(current_user)
    form.sha256.data = proposed.sha256 if proposed else None
    if proof:
        form.proof.label.text = proof.title
    waits = proposed is not None and proposed.superseded_at is None
    data = shown_data(row)
    sent = row.sent_at is not None
    remarks = by_section(comments_around(row.id, team=g.access.may("note.see"))) if sent else {}
    return render_template(
        "reports/report.html",
        row=row,
        data=data,
        figures=figures_on_pages(data),
        document=proposed,
        state=state_of(document),
        sides=[(side, signed.get(side)) for side in (Side.MERCHANT, Side.FIRM)],
        may_sign=waits and g.access.may("report.sign") and g.access.side not in signed,
        waits=waits,
        proof=proof,
        form=form,
        change=change or ChangeForm(formdata=None),
        grouped=grouped,
        **paper_context(REPORT_PAPER, row.id),
        linked=True,
        remarks=remarks,
        unanswered=unanswered(remarks),
        remark_pages={key: url_for("talk.show", kind=kind_of(key), subject_id=row.id) for key in BODY} if sent else {},
        **(thread_context(REPORT_SUBJECT.kind, row.id) if sent else {}),
    )


@reports.get("/<uuid:report_id>/changes")
@may("report.see")
def changes(report_id: UUID):
    row = row_or_404(report_id)
    before = report_numbered(g.engagement.id, row.number - 1) or abort(404)
    return render_template("reports/changes.html", row=row, changes=changes_between(before, row))


def _page_of(endpoint: str) -> str:
    return url_for(endpoint)
