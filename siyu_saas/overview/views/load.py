"""What the firm carries: people, stages, what was waited for, and what ends soon."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import g, render_template
from flask_login import current_user

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.core.tenancy import portfolio
from siyu_saas.plan.rules.waiting import total_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.entries import carried_ids
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.packages import PACKAGES

from ..actions.urgency import freshen
from ..queries.load import carried, ending, stages_entered, waited
from ..rules import lost_by_package, stage_spells
from .blueprint import overview

LOOK_BACK = timedelta(days=365)
WAITS_BACK = timedelta(days=90)
LOOK_AHEAD = timedelta(days=90)


@overview.get("/firm/load")
@may("load.see")
def load():
    day = today()
    fresh = freshen(g.firm_access.firm_id, today=day)
    with portfolio(carried_ids(current_user.user_id, g.firm_access.firm_id)):
        people = carried()
        spells = stage_spells(stages_entered(datetime.combine(day - LOOK_BACK, time(), SHANGHAI)))
        lost = lost_by_package(waited(day - WAITS_BACK), day)
        soon = ending(day + LOOK_AHEAD)
    return render_template(
        "overview/load.html",
        fresh=fresh,
        people=people,
        most=max((one.merchants for one in people), default=0),
        spells=[(one, PACKAGES[one.package][0] if one.package in PACKAGES else "") for one in spells],
        lost=lost,
        totals=[(side, total_of((one for _package, one in lost), side)) for side in Side],
        ending=[(row, (row.ends_on - day).days) for row in soon],
    )
