"""球在谁手里: everything that is open in a service period, the days each side lost, and reminding."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.plan.actions.clocks import nudge
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.queries.waits import nudged_today, waits_of
from siyu_saas.plan.rules.nudges import nudge_text
from siyu_saas.plan.rules.waiting import days_waited, lost_days, total_of
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import pauses_of
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.waiting import Open, open_things
from siyu_saas.web.filters.times import day as day_name

from .blueprint import plan


@plan.get("/waits")
@may("plan.see")
def waits():
    day = today()
    return render_template("plan/waits.html", courts=_courts(open_things(Standing(g.engagement), today=day), day))


@plan.get("/waits/record")
@may("plan.see")
def lost():
    """Days lost by side and reason, and what they were lost for."""
    day, here = today(), plan_of(g.engagement.id)
    every = waits_of(here.id) if here else []
    sums = lost_days(every, today=day)
    return render_template(
        "plan/lost.html",
        lost=sums,
        totals=[(side, total_of(sums, side)) for side in Side],
        waits=[(wait, days_waited(wait.began_on, wait.ended_on or day)) for wait in every[:WAITS_SHOWN]],
        pauses=pauses_of(g.engagement.id),
    )


@plan.get("/nudge")
@may("nudge.send")
def ask_nudge():
    """The text, before it is sent."""
    thing = _thing_or_404()
    return render_template("plan/nudge.html", thing=thing, text=_text(thing, today()))


@plan.post("/nudge")
@may("nudge.send")
def send_nudge():
    thing = _thing_or_404()
    nudge(g.engagement, thing, text=_text(thing, today()), on=today(), by=g.actor)
    flash(_("已提醒，对方会在收件箱看到"))
    return redirect(url_for(".waits"))


WAITS_SHOWN = 50


def _thing_or_404() -> Open:
    """One of the other side's things."""
    key = request.values.get("thing", "")
    found = [thing for thing in open_things(Standing(g.engagement), today=today()) if thing.key == key]
    return found[0] if found and found[0].side is not g.access.side else abort(404)


def _text(thing: Open, day: date) -> str:
    return nudge_text(
        merchant=g.access.name,
        title=thing.title,
        due=day_name(thing.due_on, today=day) if thing.due_on else "",
        late=thing.days_late(day),
        by=g.actor.name,
    )


def _courts(things: list[Open], day: date) -> list[tuple[str, str, bool, list[dict]]]:
    """The reader's own side first: (title, icon, something is late, items)."""
    nudged = nudged_today(g.engagement.id, day)
    names = {Side.MERCHANT: _("等商家"), Side.FIRM: _("等顾问")}
    found = []
    for side in sorted(Side, key=lambda side: side is not g.access.side):
        own = [thing for thing in things if thing.side is side]
        found.append(
            (
                _("等你们") if side is g.access.side else names[side],
                "building-store" if side is Side.MERCHANT else "users",
                any(thing.days_late(day) for thing in own),
                [_item(thing, day, nudged) for thing in own],
            )
        )
    return found


def _item(thing: Open, day: date, nudged: set[str]) -> dict:
    """On the reader's own side the thing to do, on the other one a reminder, once a day."""
    href = url_for(thing.endpoint, **thing.values)
    late = thing.days_late(day)
    waited = days_waited(thing.since, day)
    words = [thing.note, day_name(thing.due_on, today=day) if thing.due_on else "", _waited(waited)]
    item = {
        "icon": thing.icon,
        "title": thing.title,
        "href": href,
        "note": " · ".join(filter(None, words)),
        "late": _("逾期 %(days)s 天", days=late) if late else "",
        "method": "get",
    }
    if thing.side is g.access.side:
        return {**item, "action": thing.action if g.access.may(thing.permission) else None, "action_url": href}
    if thing.key in nudged or not g.access.may("nudge.send"):
        return {
            **item,
            "action": None,
            "note": " · ".join(filter(None, [item["note"], _("今天已提醒") if thing.key in nudged else ""])),
        }
    return {**item, "action": _("提醒"), "action_url": url_for(".ask_nudge", thing=thing.key)}


def _waited(days: int) -> str:
    return _("等了 %(days)s 个工作日", days=days) if days > 0 else ""
