"""A report's tables as a workbook, and everything of one merchant in a ZIP."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, redirect, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import later
from siyu_saas.metrics.workbooks import workbook_of
from siyu_saas.reports.jobs import export_all
from siyu_saas.reports.paper import shown_data
from siyu_saas.reports.rules.sheets import sheets_of
from siyu_saas.tenants.guards import may

from .blueprints import reports
from .reading import row_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reports.get("/<uuid:report_id>/workbook")
@may("report.see")
def workbook(report_id: UUID):
    row = row_or_404(report_id)
    sheets = list(sheets_of(shown_data(row))) or abort(404)
    name = _("%(title)s 第 %(n)s 版.xlsx", title=row.title, n=row.number)
    response = send_file(workbook_of(sheets), mimetype=XLSX, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


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
