"""The list of a person's merchants, the most needy first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from siyu_saas.core.clock import today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.queries.entries import workspaces_of
from siyu_saas.tenants.rules import Role, Stage
from siyu_saas.tenants.rules.search import search_key
from siyu_saas.web.filters.times import day as day_name
from siyu_saas.web.forms import clean_line
from siyu_saas.web.paging import Page, asked_page
from siyu_saas.web.routes import open_to

from ..actions.urgency import freshen
from ..looks import BoardFilter, BoardView, Look, is_worth_saving
from ..models import CALM
from ..needs import BY_KEY, UNBEGUN, URGENT
from ..queries.board import MOST_COUNTED, Asked, board_page, first_due, latest_engagements
from ..queries.details import milestones_ahead, names_around
from ..rules import week_of, weeks_of_days
from .blueprint import overview

MERCHANTS_A_PAGE = 50
LONGEST_SEARCH = 80
NAMES_SHOWN = 2
LOOK_AHEAD = timedelta(days=84)
MILESTONES_SHOWN = 200
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
    look, at = look_asked(request.args), today()
    typed, wanted, view = look.typed, look.wanted, look.view
    page, firm = asked_page(), g.firm_access
    fresh = freshen(firm.firm_id, today=at)
    asked = Asked(wanted, search_key(typed), firm.firm_id, current_user.user_id, firm.role is Role.FIRM_OWNER, at)
    rows = board_page(asked, page=page, size=MERCHANTS_A_PAGE)
    total, urgent = (rows[0].total, rows[0].urgent) if rows else (0, 0)
    ids = [row.id for row in rows]
    due = first_due(asked, last=at + LOOK_AHEAD, most=MILESTONES_SHOWN) if view is BoardView.TIME else []
    with portfolio({*ids, *due}):
        people, titles, saved = names_around(
            ids, [row.next_id for row in rows if row.next_id], user_id=current_user.user_id, firm_id=firm.firm_id
        )
        ahead = milestones_ahead(last=at + LOOK_AHEAD, most=MILESTONES_SHOWN + 1) if due else []
    cards = [_card(row, people.get(row.id, ()), titles.get(row.next_id, ""), at) for row in rows]
    here = {"show": wanted.value if wanted is not BoardFilter.RUNNING else None, "q": typed or None}
    return render_template(
        PAGES[view],
        cards=cards,
        lanes=[(stage, [card for card in cards if card["stage"] is stage]) for stage in Stage],
        unbegun=[card for card in cards if card["stage"] is None],
        weeks=[
            (monday, [_milestone(row, at) for row in some])
            for monday, some in weeks_of_days(ahead[:MILESTONES_SHOWN], at)
        ],
        shown=MILESTONES_SHOWN if len(ahead) > MILESTONES_SHOWN else 0,
        page=Page(page, MERCHANTS_A_PAGE, min(total, MOST_COUNTED)),
        meta=[_("%(count)s 家", count=_counted(total)), _("%(count)s 家需要关注", count=_counted(urgent))],
        fresh=fresh,
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
        saved=[
            {"label": name, "href": url_for(".home", **kept.address), "current": kept == look} for name, kept in saved
        ],
        save_url=url_for(".new_view", **look.address)
        if is_worth_saving(look, [kept for _name, kept in saved])
        else None,
    )


def look_asked(args: Mapping[str, str]) -> Look:
    """What an address or a form says of it; what nobody offers is the plain list."""
    return Look(
        next((one for one in BoardFilter if one == args.get("show")), BoardFilter.RUNNING),
        next((one for one in BoardView if one == args.get("view")), BoardView.TABLE),
        clean_line(args.get("q", "")[:LONGEST_SEARCH]) or "",
    )


def _counted(count: int) -> str:
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


def _card(row, people: Sequence[str], next_title: str, at: date) -> dict:
    """Plain values: the template has no arithmetic."""
    week = week_of(row.starts_on, row.ends_on, at) if row.number else None
    return {
        "slug": row.slug,
        "name": row.name,
        "about": row.about,
        "number": row.number,
        "stage": row.stage if row.number else None,
        "archived": row.archived,
        "week": _("第 %(week)s 周", week=f"{week.number} / {week.total}") if week else "",
        "share": 100 * week.number // week.total if week else 0,
        "who": "、".join(people[:NAMES_SHOWN]),
        "need": BY_KEY[row.need].told(row.since, at) if row.need else None,
        "unbegun": row.need == UNBEGUN.key,
        "further": _("另有 %(count)s 项", count=row.further) if row.further else "",
        "urgent": row.rank <= CALM - URGENT,
        "on_us": _waits(row.on_us, row.on_us_since, at),
        "on_them": _waits(row.on_them, row.on_them_since, at),
        "nudge": _("等商家 %(count)s 项，去提醒", count=row.on_them) if row.on_them else "",
        "next": next_title,
        "next_day": day_name(row.next_on, today=at) if next_title else "",
        "next_late": row.next_on is not None and row.next_on < at,
        "rated": row.rated,
    }


def _waits(count: int, since: date | None, at: date) -> tuple[str, str] | None:
    """「3 项」 and 「最久 5 天」."""
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
