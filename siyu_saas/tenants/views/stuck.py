"""Jobs of a firm's merchants that did not get through."""

from __future__ import annotations

from flask import g, render_template

from siyu_saas.core.queue import handlers
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.entries import workspaces_of
from siyu_saas.tenants.queries.jobs import missed_slots, stuck_jobs

from .blueprints import firm

STUCK_LIMIT = 100


@firm.get("/jobs")
@may("job.see")
def jobs():
    mine = [access for access in workspaces_of(g.actor.user_id) if access.firm_id == g.firm_access.firm_id]
    slugs = {access.tenant_id: access.slug for access in mine}
    slots = missed_slots(STUCK_LIMIT)
    with portfolio(slugs):
        rows = stuck_jobs(STUCK_LIMIT)
    return render_template("tenants/stuck_jobs.html", rows=rows, slugs=slugs, slots=slots, titles=_titles())


def _titles() -> dict[str, str]:
    return {kind: handler.title for kind, handler in handlers.items()}
