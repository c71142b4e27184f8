"""Gathering a draft, wording and arranging it, printing it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.reports.actions import make_report, move_section, word_report
from siyu_saas.reports.forms import words_form
from siyu_saas.reports.kind import REPORT_PAPER
from siyu_saas.reports.models import Report
from siyu_saas.reports.printing import printable_data
from siyu_saas.reports.queries import latest_report
from siyu_saas.reports.rules.shape import BODY, SECTIONS
from siyu_saas.reports.rules.telling import in_order
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import Form, refuse_stale

from .blueprints import reports
from .reading import gathered, row_or_404


@reports.post("")
@may("report.edit")
def make():
    row = make_report(latest_report(g.engagement.id), gathered(), engagement_id=g.engagement.id, by=g.actor)
    flash(_("已汇总当前数据。确认每节的话之后再发给商家"))
    return redirect(url_for(".show", report_id=row.id))


@reports.get("/<uuid:report_id>/words")
@may("report.edit")
def words(report_id: UUID):
    row = row_or_404(report_id)
    return _editor(row, _form(row))


@reports.post("/<uuid:report_id>/words")
@may("report.edit")
def save_words(report_id: UUID):
    row, form = row_or_404(report_id), words_form()()
    if not form.validate():
        return _editor(row, form), 422
    refuse_stale(form, _form(row), back=url_for(".words", report_id=row.id))
    narrative = {
        key: {"text": form[f"{key}_text"].data or "", "confirmed": form[f"{key}_confirmed"].data}
        for key in BODY
        if form[f"{key}_text"].data
    }
    hidden = [key for key in BODY if f"{key}_hidden" in form and form[f"{key}_hidden"].data]
    word_report(row, narrative, hidden, by=g.actor)
    flash(_("已保存，没有确认的话不会写进报告"))
    return redirect(url_for(".show", report_id=row.id))


@reports.post("/<uuid:report_id>/order")
@may("report.edit")
def move(report_id: UUID):
    row, key = row_or_404(report_id), request.form.get("section", "")
    if key not in BODY:
        abort(404)
    move_section(row, key, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for(".words", report_id=row.id) + f"#{key}")


@reports.post("/<uuid:report_id>/paper")
@may("report.see")
def print_report(report_id: UUID):
    """Printed from the frozen data; a draft stays with the team."""
    row = row_or_404(report_id)
    data, edition = printable_data(row)
    ask_for_paper(
        REPORT_PAPER,
        g.engagement.id,
        row.id,
        row.title,
        data,
        edition=edition,
        team_only=row.sent_at is None,
        by=g.actor,
    )
    return redirect(url_for(".show", report_id=row.id) + "#paper")


def _form(row: Report) -> Form:
    data: dict = {f"{key}_hidden": True for key in row.hidden}
    for key, one in row.narrative.items():
        data |= {f"{key}_text": one.get("text", ""), f"{key}_confirmed": bool(one.get("confirmed"))}
    return words_form()(formdata=None, data=data, version=row.version)


def _editor(row: Report, form: Form) -> str:
    if row.sent_at is not None:
        return redirect(url_for(".show", report_id=row.id))
    by_key = {section["key"]: section for section in row.data["sections"]}
    groups = [
        (key, by_key[key], form[f"{key}_text"], form[f"{key}_confirmed"], form._fields.get(f"{key}_hidden"))
        for key in in_order(row.order, ())
    ]
    return render_template("reports/words.html", row=row, form=form, groups=groups, titles=SECTIONS)
