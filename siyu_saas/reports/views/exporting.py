"""Everything of one merchant in a ZIP."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import later
from siyu_saas.reports.jobs import export_all
from siyu_saas.tenants.guards import may

from .blueprints import reports


@reports.post("/export")
@may("export.build")
def export():
    name = _("%(merchant)s-完整导出-%(day)s.zip", merchant=g.access.name, day=today().isoformat())
    asker = {"name": g.actor.name, "user_id": str(g.actor.user_id), "firm_id": str(g.actor.firm_id)}
    job = later(
        export_all,
        asked_by=g.actor.user_id,
        file_id=str(new_id()),
        name=name,
        team=g.access.may("note.see"),
        asker={**asker, "address": g.actor.address},
    )
    return redirect(url_for("workspace.job", job_id=job.id))
