"""老板一页: stage, whose move it is, targets against their pace, what comes, on one screen of a phone.

It tells both sides the same, as it may be sent on: no person, no note, nothing that is still being talked about.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import g, render_template
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.plan.queries.waits import waits_in
from siyu_saas.plan.rules.waiting import lost_days, total_of
from siyu_saas.targets.queries import targets_with_ties
from siyu_saas.targets.views.rows import drawn_row, known_counts, standing_of
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.stages import missing_for_next
from siyu_saas.tenants.rules.waiting import Open, open_things
from siyu_saas.web.filters.times import day as day_name

from ..queries.around import Reached, around
from ..rules import dated, next_move, stage_bar, week_of, whose_turn
from .blueprint import overview
from .workspace import sentence_by_day

TARGETS_SHOWN = 3
DATES_SHOWN = 3
SLOWEST = {"bad": 0, "warn": 1}


@overview.get("/t/<slug:tenant>/e/<int:number>/one-page")
@may("workspace.see")
def one_page():
    return render_template("overview/one_page.html", page=page_of(g.engagement, g.access.tenant_id))


def page_of(engagement: Engagement, tenant_id: UUID) -> dict[str, Any]:
    """In the merchant's scope."""
    day = today()
    known = around(tenant_id, engagement.id, internal=False, events=0, notes=0)
    roles = frozenset(role for _name, role in known.people)
    standing = Standing(engagement, roles, known.milestones, known.targets)
    things = [] if engagement.archived_at else open_things(standing, today=day)
    missing = missing_for_next(engagement.stage, standing)
    move = next_move(engagement, missing, things=things)
    week = week_of(engagement.starts_on, engagement.ends_on, day)
    targets = _targets(engagement.id)
    soon = dated(things, today=day)
    return {
        "stages": stage_bar(engagement.stage),
        "week": _("第 %(n)s 周 / 共 %(total)s 周", n=week.number, total=week.total),
        "turn": whose_turn(move, side=move.side, may_act=False),
        "sentence": sentence_by_day(move, day),
        "targets": targets[:TARGETS_SHOWN],
        "more_targets": max(len(targets) - TARGETS_SHOWN, 0),
        "milestone": _milestone(known.milestones, day),
        "waits": _waits(engagement.id, day),
        "dates": [_date(one, day) for one in soon[:DATES_SHOWN]],
        "more_dates": max(len(soon) - DATES_SHOWN, 0),
    }


def _targets(engagement_id: UUID) -> list[dict[str, Any]]:
    """Those that both sides signed; what is too slow comes first."""
    every, ties = targets_with_ties(engagement_id)
    every = [one for one in every if one.state.is_signed]
    counts = known_counts(every)
    rows = [drawn_row(one, standing_of(one, counts, ties)) for one in every]
    return sorted(rows, key=lambda row: SLOWEST.get(row["status"]["kind"], len(SLOWEST)))


def _milestone(milestones: list[Reached], day: date) -> dict[str, Any] | None:
    ahead = [one for one in milestones if one.reached_on is None]
    if not ahead:
        return None
    following = min(ahead, key=lambda one: (one.ends_on, one.position))
    return {
        "title": following.title,
        "day": day_name(following.ends_on, today=day),
        "late": max((day - following.ends_on).days, 0),
        "reached": len(milestones) - len(ahead),
        "count": len(milestones),
    }


def _waits(engagement_id: UUID, day: date) -> list[tuple[str, int]] | None:
    """Working days; None where no plan runs that could wait."""
    waits = waits_in(engagement_id)
    if waits is None:
        return None
    lost = lost_days(waits, today=day)
    return [(_("等商家"), total_of(lost, Side.MERCHANT)), (_("等顾问"), total_of(lost, Side.FIRM))]


def _date(one: Open, day: date) -> dict[str, str]:
    return {
        "day": _("今天") if one.due_on == day else day_name(one.due_on, today=day),
        "title": one.title,
        "side": _("商家") if one.side is Side.MERCHANT else _("顾问"),
    }
