"""The list of a person's merchants, the most needy first."""

from __future__ import annotations

from datetime import date

from flask import g, redirect, render_template, request, url_for
from flask_login import current_user, login_required

from siyu_saas.core.clock import today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.queries.entries import firm_access_of, visible_ids, workspaces_of
from siyu_saas.tenants.rules.search import search_key
from siyu_saas.web.forms import clean_line
from siyu_saas.web.paging import Page, asked_page
from siyu_saas.web.routes import open_to

from ..needs import URGENT, told
from ..queries.board import board_page, consultants_of, latest_engagements
from ..rules import BoardFilter, week_of
from .blueprint import overview

MERCHANTS_A_PAGE = 50
LONGEST_SEARCH = 80
NAMES_SHOWN = 2


@overview.get("/")
@login_required
@open_to("people")
def home():
    """The firm's people see whom they carry; a merchant with one workspace goes straight in, with several chooses."""
    g.firm_access = firm_access_of(current_user.user_id)
    return _board() if g.firm_access else _workspaces()


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
        page=Page(page, MERCHANTS_A_PAGE, total),
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
        "need": told(row.told, at) if row.told else None,
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
