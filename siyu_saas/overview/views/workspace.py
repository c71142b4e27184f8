"""The home of one merchant: whose move it is and by when, whether things are on track, and what happened."""

from __future__ import annotations

from datetime import date

from flask import current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.tenants.forms.merchants import NoteForm
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.rules import Role, Side
from siyu_saas.tenants.rules.stages import Missing, missing_for_next
from siyu_saas.tenants.rules.waiting import Open, open_things
from siyu_saas.web.filters.times import day as day_name
from siyu_saas.web.layout import PLACES, remember_workspace

from ..queries.around import around
from ..rules import (
    WORKING,
    FirstStep,
    Move,
    dated,
    first_steps,
    next_move,
    stage_bar,
    way_to,
    week_of,
    whose_turn,
)
from ..sentences import sentence_of
from .blueprint import overview

RECENT_EVENTS = 6
NOTES_SHOWN = 5
SHOWN_A_SIDE = 5
DATES_SHOWN = 8
PEOPLE_SHOWN = 8
UNASKED = ("diagnosis.show", "diagnosis.edit")  # what the gate of the diagnosis says while nothing was sent


@overview.get("/t/<slug:tenant>/")
@may("workspace.see")
def workspace():
    every = engagements()
    return _home(every[0] if every else None)


@overview.get("/t/<slug:tenant>/e/<int:number>/")
@may("workspace.see")
def engagement():
    return _home(g.engagement)


@overview.get("/t/<slug:tenant>/newest")
@may("workspace.see")
def newest():
    """The way from pages of the workspace to a room of its newest service period."""
    pages = {place.endpoint for place in PLACES}
    every, page = engagements(), request.args.get("page")
    return redirect(_page_of(page, every[0]) if every and page in pages else url_for(".workspace"))


def _home(shown) -> str:
    remember_workspace(g.access.slug, g.access.name)
    g.shown_number = shown.number if shown else None
    day, internal = today(), g.access.may("note.see")
    known = around(
        g.access.tenant_id, shown.id if shown else None, internal=internal, events=RECENT_EVENTS, notes=NOTES_SHOWN
    )
    roles = frozenset(role for _name, role in known.people)
    standing = Standing(shown, roles, known.milestones, known.targets)
    missing = missing_for_next(shown.stage, standing) if shown else []
    things = open_things(standing, today=day) if shown and shown.archived_at is None else []
    move = next_move(shown, missing, things=things, own=_is_own)
    may_act = g.access.may(move.permission)
    return render_template(
        "overview/workspace.html",
        access=g.access,
        engagement=shown,
        others=[one for one in known.periods if one.number != shown.number],
        meta=_meta(shown, known.people, day),
        stages=stage_bar(shown.stage, href=_page_of("workspace.stages", shown)) if shown else [],
        move_label=way_to(move, side=g.access.side),
        sentence=sentence_by_day(move, day),
        move_url=_page_of(move.endpoint, shown, **move.values) if move.endpoint and may_act else None,
        turn=whose_turn(move, side=g.access.side, may_act=may_act),
        steps=_steps(shown, roles, missing),
        courts=_courts(shown, missing, things, day) if shown else [],
        tally=_tally(missing, things, day),
        dates=[_date(one, shown, day) for one in dated(things, today=day)[:DATES_SHOWN]],
        people=known.people,
        people_shown=known.people[:PEOPLE_SHOWN],
        events=[_event(row) for row in known.events],
        notes=known.notes if internal else None,
        note_form=NoteForm(formdata=None) if internal else None,
    )


def _meta(shown, people: list[tuple[str, Role]], day: date) -> list[str]:
    """What it is, how far it is, and the two people who answer for it."""
    named = {role: name for name, role in reversed(people)}
    carrier = next((role for role in (Role.LEAD_CONSULTANT, Role.CONSULTANT) if role in named), None)
    week = week_of(shown.starts_on, shown.ends_on, day) if shown else None
    words = [
        g.access.about,
        _("第 %(n)s 周 / 共 %(total)s 周", n=week.number, total=week.total) if week else "",
        f"{carrier.title} {named[carrier]}" if carrier else "",
        f"{Role.BOSS.title} {named[Role.BOSS]}" if Role.BOSS in named else "",
    ]
    return list(filter(None, words))


def _is_own(one: Missing | Open) -> bool:
    return one.side is g.access.side and g.access.may(one.permission)


def sentence_by_day(move: Move, day: date) -> str:
    if move.due_on is None:
        return move.sentence
    late = (day - move.due_on).days
    if late > 0:
        return _("%(what)s（已逾期 %(days)s 天）", what=move.sentence, days=late)
    when = _("今天内") if late == 0 else _("%(day)s前", day=day_name(move.due_on, today=day))
    return _("%(when)s：%(what)s", when=when, what=move.sentence)


def _courts(shown, missing: list[Missing], things: list[Open], day: date) -> list[dict]:
    """球在谁手里: what each side has to do, with the reader's own side first."""
    names = {Side.MERCHANT: _("等商家"), Side.FIRM: _("等顾问")}
    courts = []
    for side in sorted(Side, key=lambda side: side is not g.access.side):
        gates = [_gate(one, shown) for one in missing if one.side is side]
        works = [_thing(one, shown, day) for one in things if one.side is side]
        items = works + gates if shown.stage in WORKING else gates + works
        courts.append(
            {
                "title": _("等你们") if side is g.access.side else names[side],
                "icon": "building-store" if side is Side.MERCHANT else "users",
                "late": any(item["late"] for item in items),
                "count": len(items),
                "items": items[:SHOWN_A_SIDE],
            }
        )
    return courts


def _gate(one: Missing, shown) -> dict:
    url = _page_of(one.endpoint, shown)
    return {
        "icon": "circle",
        "title": one.sentence,
        "href": url,
        "late": "",
        "note": "",
        "action": one.action if _is_own(one) else "",
        "action_url": url,
    }


def _thing(one: Open, shown, day: date) -> dict:
    """On the reader's own side what to do, on the other one a reminder."""
    url, late = _page_of(one.endpoint, shown, **one.values), one.days_late(day)
    item = {
        "icon": one.icon,
        "title": one.title,
        "href": url,
        "late": _("逾期 %(days)s 天", days=late) if late else "",
        "note": " · ".join(filter(None, [one.note, day_name(one.due_on, today=day) if one.due_on else ""])),
        "action": "",
        "action_url": url,
    }
    if one.side is g.access.side:
        item["action"] = one.action if g.access.may(one.permission) else ""
    elif g.access.may("nudge.send"):
        item |= {"action": _("提醒"), "action_url": _page_of("plan.ask_nudge", shown, thing=one.key)}
    return item


def _tally(missing: list[Missing], things: list[Open], day: date) -> str:
    late = sum(one.days_late(day) > 0 for one in things)
    count = len(missing) + len(things)
    if not count:
        return ""
    return (
        _("%(count)s 项未结，%(late)s 项逾期", count=count, late=late) if late else _("%(count)s 项未结", count=count)
    )


def _date(one: Open, shown, day: date) -> dict:
    return {
        "day": _("今天") if one.due_on == day else day_name(one.due_on, today=day),
        "title": one.title,
        "href": _page_of(one.endpoint, shown, **one.values),
        "side": _("你们") if one.side is g.access.side else _("商家") if one.side is Side.MERCHANT else _("顾问"),
    }


def _event(row) -> dict:
    """As the feed shows it."""
    return {
        "who": row.who,
        "kind": "system" if row.ref is None else "",
        "sentence": sentence_of(row.what, row.told),
        "at": row.at,
    }


def _steps(shown, roles: frozenset[Role], missing: list[Missing]) -> list[tuple[FirstStep, str]]:
    if not g.access.may("engagement.edit"):
        return []
    asked = all((one.endpoint, one.permission) != UNASKED for one in missing)
    return [(step, _page_of(step.endpoint, shown)) for step in first_steps(shown, roles, asked=asked)]


def _page_of(endpoint: str, shown, **values) -> str:
    """The address of a workspace's page, or of one in its service period."""
    inside = shown is not None and current_app.url_map.is_endpoint_expecting(endpoint, "number")
    return url_for(endpoint, number=shown.number, **values) if inside else url_for(endpoint, **values)
