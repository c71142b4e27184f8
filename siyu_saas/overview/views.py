"""The list of a person's workspaces, and the home of one merchant."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from siyu_saas.core.clock import today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.forms.merchants import NoteForm
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.queries.entries import firm_access_of, visible_ids, workspaces_of
from siyu_saas.tenants.queries.files import files_page
from siyu_saas.tenants.queries.merchants import notes, recent_events
from siyu_saas.tenants.queries.people import people_of
from siyu_saas.tenants.rules import Role, Side
from siyu_saas.tenants.rules.search import search_key
from siyu_saas.tenants.rules.stages import Missing, missing_for_next
from siyu_saas.web.forms import clean_line
from siyu_saas.web.layout import remember_workspace
from siyu_saas.web.paging import Page as Paging
from siyu_saas.web.paging import asked_page
from siyu_saas.web.routes import open_to

from .needs import URGENT
from .needs import told as told_need
from .queries import board_page, consultants_of, latest_engagements
from .rules import BoardFilter, FirstStep, first_steps, next_move, stage_bar, week_of, whose_turn
from .sentences import told

MERCHANTS_A_PAGE = 50
LONGEST_SEARCH = 80
NAMES_SHOWN = 2
RECENT_FILES = 5
RECENT_EVENTS = 8
NOTES_SHOWN = 5

overview = Blueprint("overview", __name__)


@overview.get("/")
@login_required
@open_to("people")
def home():
    """The firm's people see whom they carry; a merchant with one workspace goes straight in, with several chooses."""
    g.firm_access = firm_access_of(current_user.user_id)
    return _board() if g.firm_access else _workspaces()


@overview.get("/t/<slug:tenant>/")
@may("workspace.see")
def workspace():
    every = engagements()
    return _workspace(every[0] if every else None, every)


@overview.get("/t/<slug:tenant>/e/<int:number>/")
@may("workspace.see")
def engagement():
    return _workspace(g.engagement, engagements())


def _board() -> str:
    typed, at = clean_line(request.args.get("q", "")[:LONGEST_SEARCH]) or "", today()
    wanted = next((one for one in BoardFilter if one == request.args.get("show")), BoardFilter.RUNNING)
    page = asked_page()
    with portfolio(visible_ids(current_user.user_id)):
        rows = board_page(
            wanted, key=search_key(typed), me=current_user.user_id, today=at, page=page, size=MERCHANTS_A_PAGE
        )
        names = consultants_of([row.id for row in rows]) if rows else {}
    total, urgent = (rows[0].total, rows[0].urgent) if rows else (0, 0)
    return render_template(
        "overview/board.html",
        cards=[_card(row, names.get(row.id, []), at) for row in rows],
        page=Paging(page, MERCHANTS_A_PAGE, total),
        urgent=urgent,
        typed=typed,
        wanted=wanted,
        chips=[
            {"label": one.title, "href": url_for(".home", show=one.value, q=typed or None), "current": one is wanted}
            for one in BoardFilter
        ],
    )


def _card(row, names: list[str], at: date) -> dict:
    """Plain values: the template has no arithmetic."""
    week = week_of(row.starts_on, row.ends_on, at) if row.number else None
    return {
        "slug": row.slug,
        "name": row.name,
        "about": row.about,
        "stage": row.stage.title if row.number else None,
        "title": row.title,
        "archived": row.archived_at is not None,
        "week": f"{week.number} / {week.total}" if week else "—",
        "who": "、".join(names[:NAMES_SHOWN]),
        "need": told_need(row.told, at) if row.told else None,
        "unbegun": row.number is None,
        "further": row.further or 0,
        "urgent": row.weight >= URGENT,
    }


def _workspaces():
    mine = workspaces_of(current_user.user_id)
    if len(mine) == 1:
        return redirect(url_for(".workspace", tenant=mine[0].slug))
    with portfolio(access.tenant_id for access in mine):
        newest = latest_engagements()
    cards = [(access, newest.get(access.tenant_id)) for access in mine]
    return render_template("overview/home.html", cards=cards, week_of=week_of, today=today())


def _workspace(engagement, every) -> str:
    remember_workspace(g.access.slug, g.access.name)
    files, total = files_page(1, RECENT_FILES)
    people = people_of(g.access.tenant_id)
    roles = frozenset(person.role for person in people)
    missing = missing_for_next(engagement.stage, Standing(engagement, roles)) if engagement else []
    move = next_move(engagement, missing, files=total, own=_is_own)
    may_act = g.access.may(move.permission)
    return render_template(
        "overview/workspace.html",
        access=g.access,
        engagement=engagement,
        others=[one for one in every if one.number != engagement.number],
        week=week_of(engagement.starts_on, engagement.ends_on, today()) if engagement else None,
        stages=stage_bar(engagement.stage, href=_page_of("workspace.stages", engagement)) if engagement else [],
        move=move,
        move_url=_page_of(move.endpoint, engagement) if move.endpoint and may_act else None,
        turn=whose_turn(move, side=g.access.side, may_act=may_act),
        steps=_steps(engagement, roles),
        courts=_courts(engagement, missing),
        files=files,
        total=total,
        people=people,
        events=[told(event) for event in recent_events(RECENT_EVENTS, internal=g.access.may("note.see"))],
        notes=notes(NOTES_SHOWN) if g.access.may("note.see") else None,
        note_form=NoteForm(formdata=None),
    )


def _is_own(one: Missing) -> bool:
    return one.side is g.access.side and g.access.may(one.permission)


def _courts(engagement, missing: list[Missing]) -> list[tuple[str, str, list[dict]]]:
    """球在谁手里: what each side has to do, with the reader's own side first."""
    sides = sorted(Side, key=lambda side: side is not g.access.side)
    names = {Side.MERCHANT: _("等商家"), Side.FIRM: _("等顾问")}
    return [
        (
            _("等你们") if side is g.access.side else names[side],
            "building-store" if side is Side.MERCHANT else "users",
            [_waiting(one, engagement) for one in missing if one.side is side],
        )
        for side in sides
    ]


def _waiting(one: Missing, engagement) -> dict:
    url = _page_of(one.endpoint, engagement)
    own = _is_own(one)
    return {
        "icon": "circle",
        "title": one.sentence,
        "href": url,
        "action": one.action if own else None,
        "action_url": url,
        "method": "get",
    }


def _steps(engagement, roles: frozenset[Role]) -> list[tuple[FirstStep, str]]:
    if not g.access.may("engagement.edit"):
        return []
    return [(step, _page_of(step.endpoint, engagement)) for step in first_steps(engagement, roles)]


def _page_of(endpoint: str, engagement) -> str:
    """The address of a workspace's page, or of one in its service period."""
    inside = engagement is not None and current_app.url_map.is_endpoint_expecting(endpoint, "number")
    return url_for(endpoint, number=engagement.number) if inside else url_for(endpoint)
