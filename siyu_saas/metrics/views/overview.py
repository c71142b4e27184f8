"""What is known of an engagement: fields, days, gaps, orders, and where it all came from."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, g, render_template, send_file
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.sheets import as_csv
from siyu_saas.metrics.queries.imports import imports_page, known_days, orders_span, span
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.coverage import coverage
from siyu_saas.metrics.rules.fields import ALL, FIELDS
from siyu_saas.metrics.rules.reading.presets import PRESETS
from siyu_saas.metrics.rules.template import HELP, SHEET_HEAD, example_rows
from siyu_saas.metrics.workbooks import workbook_of
from siyu_saas.tenants.guards import may
from siyu_saas.web.paging import Page, asked_page

from .blueprints import data
from .scopes import asked_scope, scope_links

PAGE_SIZE = 10
DAYS_SHOWN = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@data.get("")
@may("data.see")
def show():
    page = asked_page()
    rows, total = imports_page(g.engagement.id, page, PAGE_SIZE)
    scopes = scopes_of(g.engagement.id)
    scope = asked_scope(scopes)
    (first, last), (orders_first, orders_last, orders) = span(g.engagement.id, scope), orders_span(g.engagement.id)
    until = max(last, min(today() - timedelta(1), g.engagement.ends_on)) if last else None
    since = max(first, until - timedelta(DAYS_SHOWN - 1)) if first else None
    return render_template(
        "metrics/show.html",
        rows=rows,
        page=Page(page, PAGE_SIZE, total),
        covered=_covered(since, until, scope) if first else [],
        since=since,
        until=until,
        orders=orders,
        orders_first=orders_first,
        orders_last=orders_last,
        presets=PRESETS,
        scope=None if scope == ALL else scope,
        scopes=scope_links(".show", scopes, scope),
    )


@data.get("/template/<kind>")
@may("data.see")
def template(kind: str):
    """The daily sheet with its columns, one example day and what each column means."""
    if kind == "csv":
        headers = {"Content-Disposition": "attachment; filename=daily.csv"}
        return Response(as_csv(SHEET_HEAD, example_rows(today())), mimetype="text/csv", headers=headers)
    if kind != "xlsx":
        abort(404)
    book = workbook_of(
        [
            (_("日报"), SHEET_HEAD, example_rows(today())),
            (_("填写说明"), [_("列名"), _("含义"), _("怎么填")], HELP),
        ]
    )
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=_("私域日报模板.xlsx"))


def _covered(first, last, scope):
    days: dict[str, list] = {}
    for field, day in known_days(g.engagement.id, first, last, scope):
        days.setdefault(field, []).append(day)
    return [(FIELDS[key].title, coverage(days[key], first, last), days[key][-1]) for key in FIELDS if key in days]
