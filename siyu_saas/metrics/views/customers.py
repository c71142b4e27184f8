"""Customers in segments: how many, how much, what to do with each, and the list to take along."""

from __future__ import annotations

import io
from datetime import date, timedelta

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.sheets import as_csv
from siyu_saas.metrics.actions.segments import keep_segments
from siyu_saas.metrics.forms.calculations import SegmentsForm
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.queries.calculations import latest_run
from siyu_saas.metrics.queries.customers import customers, portrait_on
from siyu_saas.metrics.queries.imports import orders_span
from siyu_saas.metrics.rules.calculators.catalog import RFM
from siyu_saas.metrics.rules.rfm import LAYER_TITLES, Segment, layer_of, scores_of, window_of
from siyu_saas.metrics.rules.rhythm import chosen
from siyu_saas.metrics.workbooks import workbook_of
from siyu_saas.tenants.guards import may

from .archived import refuse_what_is_over
from .blueprints import data

LIMITS, LONGEST = ("interval", "order"), 20
KEPT = "kept"
MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEAD = ("顾客编号", "距今天数", "订单数", "金额（元）", "R", "F", "M", "分段", "分层", "建议")


@data.get("/customers")
@may("data.see")
def customers_page():
    """As they were kept for the report, until somebody asks for another day or other limits."""
    asof, asked, kept, orders = _asked()
    limits = chosen(**asked)
    found = portrait_on(g.engagement.id, asof, limits) if orders else None
    if found is None:
        return render_template("metrics/no_customers.html", asof=asof, orders=orders)
    shown, beat = found
    return render_template(
        "metrics/customers.html",
        asof=asof,
        window=window_of(asof),
        beat=beat,
        shown=shown,
        cuts=shown.cuts,
        wrong=limits.wrong,
        asked=asked,
        segments=list(Segment),
        layers=LAYER_TITLES,
        kept=kept,
        is_kept=kept is not None and kept.inputs == {"asof": asof.isoformat(), **asked},
        form=SegmentsForm(formdata=None, prefix=KEPT, data={"asof": asof.isoformat(), **asked}),
    )


@data.post("/customers")
@may("calculation.run")
def keep_customers():
    """How the report puts them into segments from now on."""
    refuse_what_is_over()
    form = SegmentsForm(prefix=KEPT)
    day, typed = _day(form.asof.data or ""), {name: form[name].data or "" for name in LIMITS}
    if not form.validate() or day is None or chosen(**typed).wrong:
        return redirect(url_for(".customers_page", asof=form.asof.data or "", **typed))
    keep_segments(g.engagement.id, day, **typed, form_key=form.once.data or None, by=g.actor)
    flash(_("已保存，报告里的「用户结构」按这次的截止日和口径算"))
    return redirect(url_for(".customers_page"))


@data.get("/customers/export/<kind>")
@may("data.export")
def export_customers(kind: str):
    if kind not in MIMETYPES:
        abort(404)
    asof, asked, _kept, orders = _asked()
    found = portrait_on(g.engagement.id, asof, chosen(**asked)) if orders else None
    if found is None:
        abort(404)
    shown, _beat = found
    rows = _rows(asof, shown.cuts, shown.lines)
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


def _asked() -> tuple[date, dict[str, str], CalcRun | None, int]:
    """(the day, the limits as typed, what was kept, how many orders there are). An address without any of them asks for
    what was kept, or for the day of the last order."""
    _first, last, orders = orders_span(g.engagement.id)
    kept = latest_run(g.engagement.id, RFM.key)
    if kept is not None and not any(name in request.args for name in ("asof", *LIMITS)):
        return date.fromisoformat(kept.inputs["asof"]), {name: kept.inputs[name] for name in LIMITS}, kept, orders
    asof = _day(request.args.get("asof", "")) or last or today() - timedelta(1)
    return asof, {name: request.args.get(name, "").strip()[:LONGEST] for name in LIMITS}, kept, orders


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else None
