"""One inbox for all merchants of a person, and the jump from a message to the thing."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from siyu_saas.core.clock import now
from siyu_saas.core.database import own_transaction
from siyu_saas.core.tenancy import portfolio, tenant
from siyu_saas.notices.actions.messages import mark_seen
from siyu_saas.notices.models import Notice
from siyu_saas.notices.queries import inbox, merchants_with_unread, notice_with, unread_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.entries import workspaces_of
from siyu_saas.web.paging import asked_page
from siyu_saas.web.routes import open_to

from .blueprints import notices

PAGE_SIZE = 40


@notices.get("/inbox")
@login_required
@open_to("people")
def show():
    page, unread_only = asked_page(), request.args.get("show") == "unread"
    places = {access.tenant_id: access for access in workspaces_of(current_user.user_id)}
    with portfolio(places):
        rows = inbox(current_user.user_id, unread_only=unread_only, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
        unread = unread_of(current_user.user_id)
    return render_template(
        "notices/inbox.html",
        rows=rows[:PAGE_SIZE],
        more=len(rows) > PAGE_SIZE,
        page=page,
        unread=unread,
        unread_only=unread_only,
        places=places,
    )


@notices.get("/inbox/count")
@login_required
@open_to("people")
def count():
    """The number at the bell; asked for after the page, so that no page waits for it."""
    with portfolio(access.tenant_id for access in workspaces_of(current_user.user_id)):
        unread = unread_of(current_user.user_id)
    return render_template("notices/_count.html", unread=unread)


@notices.post("/inbox/reading")
@login_required
@open_to("people")
def read_all():
    moment, person = now(), current_user.user_id
    with portfolio(access.tenant_id for access in workspaces_of(person)):
        merchants = merchants_with_unread(person)
    for tenant_id in merchants:
        with tenant(tenant_id):
            mark_seen(person, until=moment)
    flash(_("已全部标为已读"))
    return redirect(url_for(".show"))


@notices.get("/t/<slug:tenant>/notices/<uuid:notice_id>")
@may("workspace.see")
def jump(notice_id: UUID):
    """To the thing. That it was read is bookkeeping beside the request, like the time a session was last seen."""
    notice = notice_with(notice_id, current_user.user_id) or abort(404)
    if notice.read_at is None:
        with own_transaction() as session:
            session.get(Notice, (notice.tenant_id, notice.id)).read_at = now()
    return redirect(url_for(notice.endpoint, **notice.values))
