"""操作记录: who did what and when, in one workspace or across the firm, filtered; and as a table for the firm's owner."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core import audit
from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.core.sheets import as_csv, as_xlsx
from siyu_saas.core.tenancy import portfolio
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.entries import visible_ids
from siyu_saas.tenants.queries.merchants import firm_with, names_of, workspace_with
from siyu_saas.web.paging import Page, asked_page

from .events import EventsAsked, events, events_page, firm_events, firm_events_page
from .forms import ExportForm, HistoryForm
from .rules import EventKind
from .sentences import sentence_of

EVENTS_A_PAGE = 50
MOST_EXPORTED = 20_000
HEAD = ("时间", "商家", "人", "地址", "做了什么", "改动")
SHEET_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

history = Blueprint("history", __name__)


@history.get("/t/<slug:tenant>/history")
@may("audit.see")
def of_workspace():
    form = HistoryForm(request.args)
    internal = g.access.may("note.see")
    rows, total, status = [], 0, 422
    if form.validate():
        rows, total = events_page(_asked(form), internal=internal, page=asked_page(), size=EVENTS_A_PAGE)
        status = 200
    page = Page(asked_page(), EVENTS_A_PAGE, total)
    export = url_for(".export_workspace") if g.access.may("audit.export") else None
    return render_template(
        "overview/history.html", form=form, rows=_lines(rows), page=page, export=export, most=MOST_EXPORTED
    ), status


@history.post("/t/<slug:tenant>/history/exports")
@may("audit.export")
def export_workspace():
    form = ExportForm()
    if not form.validate():
        return render_template("overview/history.html", form=form, rows=[], page=Page(1, 1, 0), export=None), 422
    rows = events(_asked(form), most=MOST_EXPORTED + 1)
    merchant = workspace_with(g.access.tenant_id)
    audit.record("history.exported", merchant, by=g.actor, label=_("%(count)s 条", count=min(len(rows), MOST_EXPORTED)))
    return _table(form.kind.data, rows, {g.access.tenant_id: merchant.name})


@history.get("/firm/history")
@may("audit.export")
def of_firm():
    form = HistoryForm(request.args)
    rows, total, names, status = [], 0, {}, 422
    if form.validate():
        with portfolio(visible_ids(current_user.user_id)):
            rows, total = firm_events_page(
                _asked(form), firm_id=g.firm_access.firm_id, page=asked_page(), size=EVENTS_A_PAGE
            )
            names = names_of({row.tenant_id for row in rows if row.tenant_id})
        status = 200
    page = Page(asked_page(), EVENTS_A_PAGE, total)
    export = url_for(".export_firm")
    return render_template(
        "overview/history.html", form=form, rows=_lines(rows, names), page=page, export=export, most=MOST_EXPORTED
    ), status


@history.post("/firm/history/exports")
@may("audit.export")
def export_firm():
    form = ExportForm()
    if not form.validate():
        return render_template("overview/history.html", form=form, rows=[], page=Page(1, 1, 0), export=None), 422
    firm = firm_with(g.firm_access.firm_id)
    with portfolio(visible_ids(current_user.user_id)):
        rows = firm_events(_asked(form), firm_id=firm.id, most=MOST_EXPORTED + 1)
        names = names_of({row.tenant_id for row in rows if row.tenant_id})
    audit.record("history.exported", firm, by=g.actor, label=_("%(count)s 条", count=min(len(rows), MOST_EXPORTED)))
    return _table(form.kind.data, rows, names)


def _asked(form: HistoryForm) -> EventsAsked:
    kind = EventKind(form.what.data) if form.what.data else None
    return EventsAsked(form.who.data or "", kind, form.first.data, form.last.data)


def _lines(rows: list, names: Mapping[UUID, str] | None = None) -> list[dict]:
    return [
        {
            "at": row.at,
            "who": row.actor_name,
            "sentence": sentence_of(row.verb, row.object_label),
            "changes": _changes(row.changes),
            "address": row.address,
            "merchant": (names or {}).get(row.tenant_id, ""),
        }
        for row in rows
    ]


def _changes(changes: Mapping[str, list]) -> str:
    """「主顾问 → 顾问；…」. Digests and ids say nothing to people."""
    told = (
        f"{_value(before)} → {_value(after)}"
        for name, (before, after) in changes.items()
        if name != "sha256" and not name.endswith(("_id", "_ids"))
    )
    return "；".join(told)


def _value(value: object) -> str:
    return "—" if value is None or value == "" else str(value)


def _table(kind: str, rows: list, names: Mapping[UUID, str]) -> Response:
    cells = [
        (
            f"{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            names.get(row.tenant_id, ""),
            row.actor_name,
            row.address or "",
            sentence_of(row.verb, row.object_label),
            _changes(row.changes),
        )
        for row in rows[:MOST_EXPORTED]
    ]
    if len(rows) > MOST_EXPORTED:
        cells.append(
            (_("只导出了最近的 %(most)s 条，更早的请按日期分段导出。", most=MOST_EXPORTED), *[""] * (len(HEAD) - 1))
        )
    content = as_csv(HEAD, cells) if kind == "csv" else as_xlsx(_("操作记录"), HEAD, cells)
    answer = Response(content, mimetype=SHEET_TYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"history-{today().isoformat()}.{kind}")
    return answer
