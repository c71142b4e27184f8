"""A link to 老板一页 for people outside: read-only, ending, revocable, counted; it shows the page as it is that day."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading, own_transaction
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.forms import LinkForm
from siyu_saas.papers.links import LinkOver, count_opening, link_with, links_to, own_link, state_of, token_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagement_with
from siyu_saas.tenants.queries.merchants import workspace_with
from siyu_saas.web.routes import open_to

from ..links import PURPOSE, share_page, unshare_page
from .blueprint import overview
from .one_page import page_of


@overview.get("/t/<slug:tenant>/e/<int:number>/one-page/links")
@may("page.share")
def one_page_links():
    return _links(LinkForm(formdata=None))


@overview.post("/t/<slug:tenant>/e/<int:number>/one-page/links")
@may("page.share")
def share_one_page():
    form = LinkForm()
    if not form.validate():
        return _links(form), 422
    share_page(g.engagement, days=form.days.data, by=g.actor)
    flash(_("链接已生成，%(n)s 天内有效，随时可以收回", n=form.days.data))
    return redirect(url_for(".one_page_links"))


@overview.post("/t/<slug:tenant>/e/<int:number>/one-page/links/<uuid:link_id>/removal")
@may("page.share")
def revoke_one_page(link_id: UUID):
    link = own_link(link_id)
    if link is None or (link.purpose, link.subject_id) != (PURPOSE, g.engagement.id):
        abort(404)
    unshare_page(link, g.engagement, by=g.actor)
    flash(_("已收回，这个链接打不开了"))
    return redirect(url_for(".one_page_links"))


@overview.get("/o/<string:token>")
@open_to("everyone")
def shared_one_page(token: str):
    link = link_with(PURPOSE, token) or abort(404)
    end_reading()
    with tenant(link.tenant_id):
        engagement = engagement_with(link.subject_id) or abort(404)
        shown = render_template(
            "overview/one_page_shared.html",
            name=workspace_with(link.tenant_id).name,
            page=page_of(engagement, link.tenant_id),
            until=link.expires_at,
        )
        end_reading()
    with own_transaction() as session:
        count_opening(session, link.id, now())
    return shown


@overview.errorhandler(LinkOver)
def show_link_over(over: LinkOver):
    return render_template("papers/link_over.html", sentence=str(over)), over.status


def _links(form: LinkForm) -> str:
    at = now()
    made = [(link, state_of(link, at), _address(link.id)) for link in links_to(PURPOSE, g.engagement.id)]
    return render_template("overview/one_page_links.html", form=form, links=made)


def _address(link_id: UUID) -> str:
    return services().settings.base_url + url_for(".shared_one_page", token=token_of(link_id))
