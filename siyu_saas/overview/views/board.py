"""The list of a person's merchants, the most needy first."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from siyu_saas.core.clock import today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.queries.entries import visible_ids, workspaces_of
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.search import search_key
from siyu_saas.web.filters.times import day as day_name
from siyu_saas.web.forms import clean_line
from siyu_saas.web.paging import Page, asked_page
from siyu_saas.web.routes import open_to

from ..needs import URGENT, told
from ..queries.board import board_page, consultants_of, latest_engagements
from ..queries.details import Detail, details, milestones_ahead
from ..rules import BoardFilter, BoardView, week_of, weeks_of_days
from .blueprint import overview

MERCHANTS_A_PAGE = 50
LONGEST_SEARCH = 80
NAMES_SHOWN = 2
LOOK_BACK, LOOK_AHEAD = timedelta(days=60), timedelta(days=84)
NOTHING = Detail()
PAGES = {
    BoardView.TABLE: "overview/board_table.html",
    BoardView.STAGES: "overview/board_stages.html",
    BoardView.TIME: "overview/board_time.html",
}


@overview.get("/")
@login_required
@open_to("people")
def home():
    """The firm's people see whom they carry; a merchant with one workspace goes straight in, with several chooses."""
    return _board() if g.firm_access else _workspaces()


def _board() -> str:
    typed, at = clean_line(request.args.get("q", "")[:LONGEST_SEARCH]) or "", today()
    wanted = next((one for one in BoardFilter if one == request.args.get("show")), BoardFilter.RUNNING)
    view = next((one for one in BoardView if one == request.args.get("view")), BoardView.TABLE)
    page, weeks = asked_page(), []
    with portfolio(visible_ids(current_user.user_id)):
        rows = board_page(
            wanted, key=search_key(typed), me=current_user.user_id, today=at, page=page, size=MERCHANTS_A_PAGE
        )
        ids = [row.id for row in rows]
        names, known = (consultants_of(ids), details(ids, today=at)) if rows else ({}, {})
        if view is BoardView.TIME:
            weeks = weeks_of_days(milestones_ahead(first=at - LOOK_BACK, last=at + LOOK_AHEAD), at)
    total, urgent = (rows[0].total, rows[0].urgent) if rows else (0, 0)
    cards = [_card(row, names.get(row.id, []), known.get(row.id), at) for row in rows]
    here = {"show": wanted.value if wanted is not BoardFilter.RUNNING else None, "q": typed or None}
    return render_template(
        PAGES[view],
        cards=cards,
        lanes=[(stage, [card for card in cards if card["stage"] is stage]) for stage in Stage],
        unbegun=[card for card in cards if card["stage"] is None],
        weeks=[(monday, [_milestone(row, at) for row in some]) for monday, some in weeks],
        page=Page(page, MERCHANTS_A_PAGE, total),
        urgent=urgent,
        typed=typed,
        wanted=wanted,
        view=view,
        views=[
            {"label": one.title, "href": url_for(".home", view=one.value, **here), "current": one is view}
            for one in BoardView
        ],
        chips=[
            {
                "label": one.title,
                "href": url_for(".home", show=one.value, q=typed or None, view=view.value),
                "current": one is wanted,
            }
            for one in BoardFilter
        ],
    )


def _card(row, names: list[str], detail: Detail | None, at: date) -> dict:
    """Plain values: the template has no arithmetic."""
    week = week_of(row.starts_on, row.ends_on, at) if row.number else None
    detail = detail or NOTHING
    return {
        "slug": row.slug,
        "name": row.name,
        "about": row.about,
        "number": row.number,
        "stage": row.stage if row.number else None,
        "title": row.title,
        "archived": row.archived_at is not None,
        "week": f"{week.number} / {week.total}" if week else "—",
        "share": 100 * week.number // week.total if week else 0,
        "who": "、".join(names[:NAMES_SHOWN]),
        "need": told(row.told, at) if row.told else None,
        "unbegun": row.number is None,
        "further": row.further or 0,
        "urgent": row.weight >= URGENT,
        "on_us": _waits(detail, Side.FIRM, at),
        "on_them": _waits(detail, Side.MERCHANT, at),
        "next": detail.next_title,
        "next_day": day_name(detail.next_on, today=at) if detail.next_on else "",
        "next_late": detail.next_on is not None and detail.next_on < at,
    }


def _waits(detail: Detail, side: Side, at: date) -> tuple[str, str] | None:
    """「3 项」 and 「最久 5 天」."""
    count, since = detail.waiting.get(side, 0), detail.since.get(side)
    if not count:
        return None
    days = (at - since).days if since else 0
    return _("%(count)s 项", count=count), _("最久 %(days)s 天", days=days) if days > 0 else ""


def _milestone(row, at: date) -> dict:
    return {
        "slug": row.slug,
        "name": row.name,
        "number": row.number,
        "title": row.title,
        "day": day_name(row.ends_on, today=at),
        "late": (at - row.ends_on).days if row.ends_on < at else 0,
    }


def _workspaces():
    mine = workspaces_of(current_user.user_id)
    if len(mine) == 1:
        return redirect(url_for(".workspace", tenant=mine[0].slug))
    with portfolio(access.tenant_id for access in mine):
        newest = latest_engagements()
    cards = [(access, newest.get(access.tenant_id)) for access in mine]
    return render_template("overview/home.html", cards=cards, week_of=week_of, today=today())
