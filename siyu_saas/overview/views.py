"""The list of a person's workspaces, and the home of one merchant."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask_login import current_user, login_required

from siyu_saas.core.clock import today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries import engagements, files_page, firm_access_of, people_of, recent_events, workspaces_of
from siyu_saas.web.layout import remember_workspace
from siyu_saas.web.routes import open_to

from .queries import latest_engagements
from .rules import next_move, stage_bar, week_of, whose_turn
from .sentences import told

RECENT_FILES = 5
RECENT_EVENTS = 8

overview = Blueprint("overview", __name__)


@overview.get("/")
@login_required
@open_to("people")
def home():
    """A merchant with one workspace goes straight in; everybody else chooses."""
    mine = workspaces_of(current_user.user_id)
    g.firm_access = firm_access_of(current_user.user_id)
    if len(mine) == 1 and g.firm_access is None:
        return redirect(url_for(".workspace", tenant=mine[0].slug))
    with portfolio(access.tenant_id for access in mine):
        newest = latest_engagements()
    cards = [(access, newest.get(access.tenant_id)) for access in mine]
    return render_template("overview/home.html", cards=cards, week_of=week_of, today=today())


@overview.get("/t/<slug:tenant>/")
@may("workspace.see")
def workspace():
    every = engagements()
    return _workspace(every[0] if every else None, every)


@overview.get("/t/<slug:tenant>/e/<int:number>/")
@may("workspace.see")
def engagement():
    return _workspace(g.engagement, engagements())


def _workspace(engagement, every) -> str:
    remember_workspace(g.access.slug, g.access.name)
    files, total = files_page(1, RECENT_FILES)
    may_add = g.access.may("file.add")
    move = next_move(has_engagement=engagement is not None, files=total, can_add=may_add)
    return render_template(
        "overview/workspace.html",
        access=g.access,
        engagement=engagement,
        others=[one for one in every if one.number != engagement.number],
        week=week_of(engagement.starts_on, engagement.ends_on, today()) if engagement else None,
        stages=stage_bar(engagement.stage) if engagement else [],
        move=move,
        turn=whose_turn(move, side=g.access.side, may_act=may_add),
        files=files,
        total=total,
        people=people_of(g.access.tenant_id),
        events=[told(event) for event in recent_events(RECENT_EVENTS)],
    )
