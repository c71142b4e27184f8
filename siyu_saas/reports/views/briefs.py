"""The weekly brief: drafted, edited, sent to the merchant's page and as text to paste; printed."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.reports.actions import draft_brief, send_brief, word_brief
from siyu_saas.reports.forms import BriefForm
from siyu_saas.reports.gather.week import brief_of
from siyu_saas.reports.kind import BRIEF_PAPER
from siyu_saas.reports.models import WeeklyBrief
from siyu_saas.reports.queries import brief_of_week, brief_with, briefs_of
from siyu_saas.reports.rules.brief import week_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.web.forms import refuse_stale

from .blueprints import reports


@reports.get("/briefs")
@may("report.see")
def briefs():
    rows = briefs_of(g.engagement.id, team=g.access.may("report.edit"))
    return render_template("reports/briefs.html", rows=rows, week=week_of(today()))


@reports.post("/briefs")
@may("report.edit")
def make_brief():
    found = brief_of(g.engagement, merchant=g.access.name, on=today())
    before = brief_of_week(g.engagement.id, week_of(today())[0])
    row = draft_brief(before, found, engagement_id=g.engagement.id, by=g.actor)
    flash(_("已按记录拟好草稿，改好再发"))
    return redirect(url_for(".brief", brief_id=row.id))


@reports.get("/briefs/<uuid:brief_id>")
@may("report.see")
def brief(brief_id: UUID):
    row = _row_or_404(brief_id)
    return _page(row, BriefForm(formdata=None, obj=row))


@reports.post("/briefs/<uuid:brief_id>/text")
@may("report.edit")
def save_brief(brief_id: UUID):
    row, form = _row_or_404(brief_id), BriefForm()
    if not form.validate():
        return _page(row, form), 422
    refuse_stale(form, BriefForm(formdata=None, obj=row), back=url_for(".brief", brief_id=row.id))
    word_brief(row, form.text.data, by=g.actor)
    flash(_("已保存"))
    return redirect(url_for(".brief", brief_id=row.id))


@reports.post("/briefs/<uuid:brief_id>/proposal")
@may("report.edit")
def send_week(brief_id: UUID):
    send_brief(_row_or_404(brief_id), by=g.actor)
    flash(_("已发给商家，也可以复制到企微群"))
    return redirect(url_for(".brief", brief_id=brief_id))


@reports.post("/briefs/<uuid:brief_id>/paper")
@may("report.see")
def print_brief(brief_id: UUID):
    row = _row_or_404(brief_id)
    data = {
        "merchant": g.access.name,
        "firm": firm_with(g.access.firm_id).name,
        "text": row.text,
        "week": f"{row.data['first']} 至 {row.data['last']}",
    }
    title = _("周报 %(week)s", week=row.week.isoformat())
    ask_for_paper(BRIEF_PAPER, g.engagement.id, row.id, title, data, team_only=row.sent_at is None, by=g.actor)
    return redirect(url_for(".brief", brief_id=row.id))


def _row_or_404(brief_id: UUID) -> WeeklyBrief:
    row = brief_with(brief_id, g.engagement.id)
    if row is None or (row.sent_at is None and not g.access.may("report.edit")):
        abort(404)
    return row


def _page(row: WeeklyBrief, form: BriefForm) -> str:
    return render_template("reports/brief.html", row=row, form=form, **paper_context(BRIEF_PAPER, row.id))
