"""A link for people outside: read-only, ending, revocable, without the sections that were left out, counted."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading, own_transaction
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.links import LinkOver, count_opening, link_with, links_to, make_link, own_link, revoke, token_of
from siyu_saas.reports.figures import figures_on_pages
from siyu_saas.reports.paper import shown_data
from siyu_saas.reports.queries import report_with
from siyu_saas.reports.rules.shape import BODY, SECTIONS
from siyu_saas.tenants.guards import may
from siyu_saas.web.routes import open_to

from .blueprints import reports, shared
from .reading import row_or_404

PURPOSE = "report"
DAYS = 30


@reports.get("/<uuid:report_id>/links")
@may("report.share")
def links(report_id: UUID):
    row = row_or_404(report_id)
    if row.sent_at is None:
        abort(404)
    made = [
        (link, services().settings.base_url + url_for("shared.read", token=token_of(link.id)))
        for link in links_to(PURPOSE, row.id)
    ]
    return render_template(
        "reports/links.html", row=row, links=made, at=now(), sections={key: SECTIONS[key] for key in BODY}
    )


@reports.post("/<uuid:report_id>/links")
@may("report.share")
def share(report_id: UUID):
    row = row_or_404(report_id)
    if row.sent_at is None:
        abort(404)
    hidden = [key for key in request.form.getlist("hidden") if key in BODY]
    options = {"hidden": hidden}
    make_link(
        PURPOSE, engagement_id=g.engagement.id, subject_id=row.id, days=DAYS, by_name=g.actor.name, options=options
    )
    flash(_("链接已生成，%(n)s 天内有效，随时可以收回", n=DAYS))
    return redirect(url_for(".links", report_id=row.id))


@reports.post("/links/<uuid:link_id>/removal")
@may("report.share")
def revoke_link(link_id: UUID):
    link = own_link(link_id)
    if link is None or link.purpose != PURPOSE:
        abort(404)
    revoke(link)
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
