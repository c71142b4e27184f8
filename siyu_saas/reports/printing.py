"""A report as a PDF without a page and without a job: for the command line."""

from __future__ import annotations

from flask import current_app

from siyu_saas.core.services import services
from siyu_saas.papers.page import Imprint, sheet_of
from siyu_saas.papers.rules import digest, snapshot
from siyu_saas.signing.queries import signatures_of, version_numbered
from siyu_saas.signing.rules import grouped
from siyu_saas.tenants.queries.engagements import engagement_with
from siyu_saas.tenants.queries.merchants import workspace_with

from .kind import REPORT, REPORT_PAPER
from .models import Report
from .paper import changes_between, paper_data, state_of
from .queries import report_numbered


def printable_data(row: Report) -> tuple[dict, str]:
    """(what is printed, the edition): the same for the button and for the command."""
    document = version_numbered(REPORT.key, row.engagement_id, row.number) if row.sent_at is not None else None
    signatures = signatures_of(document.id) if document is not None else []
    before = report_numbered(row.engagement_id, row.number - 1) if row.number > 1 else None
    changes = changes_between(before, row) if before else []
    data = paper_data(row, document, signatures, changes)
    return {**data, "notes": _with_links(data["notes"], row)}, f"第 {row.number} 版 {state_of(document)}"


def _with_links(notes: list[dict], row: Report) -> list[dict]:
    """Each note with the address of the page that its figure stands on; whoever opens it has to sign in."""
    number, slug = engagement_with(row.engagement_id).number, workspace_with(row.tenant_id).slug
    adapter, base = current_app.url_map.bind(""), services().settings.base_url
    return [{**note, "link": base + adapter.build(note["place"], {"tenant": slug, "number": number})} for note in notes]


def report_pdf(row: Report) -> bytes:
    """`row` with its data, in the merchant's scope. Its verification code is that of the signed document, if there is one."""
    from siyu_saas.papers.apart import print_apart

    data, edition = printable_data(row)
    document = version_numbered(REPORT.key, row.engagement_id, row.number)
    code = grouped(document.code) if document is not None and document.code else "未签署"
    settings = services().settings
    imprint = Imprint(
        row.title,
        edition,
        snapshot(digest(REPORT.key, row.title, edition, data)),
        code,
        f"{settings.base_url}/verify/{code}"
        if document is not None and document.code
        else f"{settings.base_url}/verify",
        row.made_at,
        settings.product_name,
    )
    return print_apart(sheet_of(REPORT_PAPER, data, imprint)).content
