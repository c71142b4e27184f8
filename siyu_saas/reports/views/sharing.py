"""A link for people outside: read-only, ending, revocable, without the sections that were left out, counted."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading, own_transaction
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.links import LinkOver, count_opening, link_with, links_to, own_link, state_of, token_of
from siyu_saas.papers.models import PublicLink
from siyu_saas.reports.actions import PURPOSE, share_report, unshare_report
from siyu_saas.reports.figures import figures_on_pages
from siyu_saas.reports.forms import ShareForm
from siyu_saas.reports.models import Report
from siyu_saas.reports.paper import shown_data
from siyu_saas.reports.queries import report_with
from siyu_saas.reports.rules.shape import SECTIONS
from siyu_saas.tenants.guards import may
from siyu_saas.web.routes import open_to

from .blueprints import reports, shared
from .reading import row_or_404


@reports.get("/<uuid:report_id>/links")
@may("report.share")
def links(report_id: UUID):
    return _links(_sent_or_404(report_id), ShareForm(formdata=None))


@reports.post("/<uuid:report_id>/links")
@may("report.share")
def share(report_id: UUID):
    row, form = _sent_or_404(report_id), ShareForm()
    if not form.validate():
        return _links(row, form), 422
    share_report(row, days=form.days.data, hidden=form.hidden.data, by=g.actor)
    flash(_("链接已生成，%(n)s 天内有效，随时可以收回", n=form.days.data))
    return redirect(url_for(".links", report_id=row.id))


@reports.post("/links/<uuid:link_id>/removal")
@may("report.share")
def revoke_link(link_id: UUID):
    link = own_link(link_id)
    if link is None or (link.purpose, link.engagement_id) != (PURPOSE, g.engagement.id):
        abort(404)
    unshare_report(link, row_or_404(link.subject_id), by=g.actor)
    flash(_("已收回，这个链接打不开了"))
    return redirect(url_for(".links", report_id=link.subject_id))


@shared.get("/<string:token>")
@open_to("everyone")
def read(token: str):
    link = link_with(PURPOSE, token) or abort(404)
    end_reading()
    with tenant(link.tenant_id):
        row = report_with(link.subject_id, link.engagement_id)
        data = shown_data(row, without=link.options.get("hidden", ()))
        page = render_template("reports/shared.html", row=row, data=data, figures=figures_on_pages(data))
        end_reading()
    with own_transaction() as session:
        count_opening(session, link.id, now())
    return page


@shared.errorhandler(LinkOver)
def show_over(over: LinkOver):
    return render_template("papers/link_over.html", sentence=str(over)), over.status


def _sent_or_404(report_id: UUID) -> Report:
    row = row_or_404(report_id)
    return row if row.sent_at is not None else abort(404)


def _links(row: Report, form: ShareForm) -> str:
    at, base = now(), services().settings.base_url
    made = [
        (link, state_of(link, at), base + url_for("shared.read", token=token_of(link.id)), _hidden_of(link))
        for link in links_to(PURPOSE, row.id)
    ]
    return render_template("reports/links.html", row=row, form=form, links=made)


def _hidden_of(link: PublicLink) -> list[str]:
    return [SECTIONS[key] for key in link.options.get("hidden", ()) if key in SECTIONS]
