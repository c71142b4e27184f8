"""Customers in segments: how many, how much, what to do with each, and the list to take along."""

from __future__ import annotations

import io
from datetime import date, timedelta
from fractions import Fraction

from flask import abort, g, render_template, request, send_file
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.sheets import as_csv
from siyu_saas.metrics.queries.customers import cells, customers, rhythm
from siyu_saas.metrics.queries.imports import orders_span
from siyu_saas.metrics.rules.reading.cells import BadCell, fen_of
from siyu_saas.metrics.rules.rfm import LAYER_TITLES, Segment, layer_of, portrait, scores_of, window_of
from siyu_saas.metrics.workbooks import workbook_of
from siyu_saas.tenants.guards import may

from .blueprints import data

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEAD = ("顾客编号", "距今天数", "订单数", "金额（元）", "R", "F", "M", "分段", "分层", "建议")


@data.get("/customers")
@may("data.see")
def customers_page():
    _first, last, orders = orders_span(g.engagement.id)
    asof = _asked_day(last)
    beat = rhythm(g.engagement.id, asof) if orders else None
    if beat is None or not beat.customers:
        return render_template("metrics/no_customers.html", asof=asof, orders=orders)
    chosen, wrong = _asked_cuts()
    cuts = beat.cuts(*chosen)
    shown = portrait(cells(g.engagement.id, asof, cuts), cuts, asof)
    return render_template(
        "metrics/customers.html",
        asof=asof,
        window=window_of(asof),
        beat=beat,
        shown=shown,
        cuts=cuts,
        chosen=chosen,
        wrong=wrong,
        asked={name: request.args.get(name, "") for name in ("interval", "order")},
        segments=list(Segment),
        layers=LAYER_TITLES,
    )


@data.get("/customers/export/<kind>")
@may("data.export")
def export_customers(kind: str):
    if kind not in MIMETYPES:
        abort(404)
    _first, last, orders = orders_span(g.engagement.id)
    if not orders:
        abort(404)
    asof = _asked_day(last)
    cuts = rhythm(g.engagement.id, asof).cuts(*_asked_cuts()[0])
    counted = cells(g.engagement.id, asof, cuts)
    if not counted:
        abort(404)
    rows = _rows(asof, cuts, portrait(counted, cuts, asof).lines)
    content = workbook_of([(_("顾客分层"), HEAD, rows)]) if kind == "xlsx" else io.BytesIO(as_csv(HEAD, rows))
    name = _("顾客分层-%(day)s.%(kind)s", day=asof.isoformat(), kind=kind)
    response = send_file(content, mimetype=MIMETYPES[kind], as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(asof: date, cuts, lines):
    for row in customers(g.engagement.id, asof):
        scores = scores_of(row.days, row.orders, int(row.fen), cuts)
        segment = lines.segment(scores)
        layer = layer_of(scores, segment)
        fen = int(row.fen)
        yield (
            row.customer_key.hex(), row.days, row.orders, fen / 100, *scores, segment.title, layer.title, segment.action,
        )  # fmt: skip


def _asked_day(last: date | None) -> date:
    """The day in the address; else the day of the last order."""
    try:
        day = date.fromisoformat(request.args.get("asof", ""))
    except ValueError:
        return last or today() - timedelta(1)
    return day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else last or today() - timedelta(1)


def _asked_cuts() -> tuple[tuple[Fraction | None, Fraction | None], list[str]]:
    """T in days and A in fen as somebody chose them, and sentences about what could not be read."""
    values, wrong = [], []
    for name, title in (("interval", _("平均复购间隔")), ("order", _("客单价"))):
        text = request.args.get(name, "").strip()
        try:
            number = fen_of(text) if text else None
        except BadCell as error:
            number = None
            wrong.append(f"{title}：{error}")
        if number is not None and number <= 0:
            number = None
            wrong.append(_("%(title)s：要大于 0", title=title))
        values.append(number)
    interval, order = values
    return (interval and Fraction(interval, 100), order and Fraction(order)), wrong
