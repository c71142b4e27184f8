"""每周填报: a week's numbers on a phone."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.actions.locks import ReasonMissing
from siyu_saas.metrics.forms.week import WeekForm
from siyu_saas.metrics.queries.observations import daily, notes
from siyu_saas.metrics.rules.fields import ALL, FIELDS, NOTE, SHEET_FIELDS
from siyu_saas.metrics.rules.scopes import scope_from
from siyu_saas.metrics.rules.week import (
    DAY_NAMES,
    Typed,
    cell_name,
    in_sight,
    monday_of,
    read_week,
    shown,
    week_from,
)
from siyu_saas.tenants.guards import may

from .blueprints import data

LOOK_BACK = timedelta(28)


@data.get("/week")
@may("data.enter")
def week():
    monday = _asked_monday(request.args.get("monday"))
    scope = scope_from(request.args.get("scope"))
    return _page(monday, WeekForm(formdata=None, monday=monday.isoformat(), scope=scope), None)


@data.post("/weeks")
@may("data.enter")
def save_week():
    form = WeekForm()
    monday = _asked_monday(form.monday.data)
    days, scope = _days(monday), scope_from(form.scope.data)
    before, said = _known(days, scope)
    typed = read_week(request.form, days, before, said)
    valid = form.validate()
    if typed.errors or not valid:
        return _page(monday, form, typed), 422
    if not typed.counts:
        flash(_("没有改动"))
        return redirect(url_for(".week", monday=monday.isoformat(), scope=None if scope == ALL else scope))
    try:
        row = enter_counts(
            typed.counts,
            engagement_id=g.engagement.id,
            title=_("%(day)s 这一周", day=f"{monday:%Y-%m-%d}"),
            form_key=form.once.data,
            scope=scope,
            reason=form.reason.data or "",
            by=g.actor,
        )
    except ReasonMissing as missing:
        form.reason.errors = [str(missing)]
        return _page(monday, form, typed), missing.status
    flash(_("已保存 %(count)s 个数，24 小时内可以撤销", count=row.added + row.replaced))
    return redirect(url_for(".show", scope=None if scope == ALL else scope))


def _page(monday: date, form: WeekForm, typed: Typed | None) -> str:
    days, scope = _days(monday), scope_from(form.scope.data)
    recent = daily(g.engagement.id, SHEET_FIELDS, monday - LOOK_BACK, monday + timedelta(6), scope)
    said = notes(g.engagement.id, monday, monday + timedelta(6), scope)
    counted = {key for key, series in recent.items() if any(value is not None for value in series.values())}
    first, rest = in_sight(counted)
    cells = {cell_name(key, day): shown(key, recent[key][day]) for key in SHEET_FIELDS for day in days}
    cells |= {cell_name(NOTE, day): said.get(day, "") for day in days}
    return render_template(
        "metrics/week.html",
        form=form,
        monday=monday,
        scope=None if scope == ALL else scope,
        days=[(day, f"{DAY_NAMES[day.weekday()]} {day.day}", f"{day:%m-%d}") for day in days],
        first=[FIELDS[key] for key in first],
        rest=[FIELDS[key] for key in rest],
        cells=cells | (typed.cells if typed else {}),
        errors=typed.errors if typed else {},
        cell_name=cell_name,
        note=NOTE,
        asks_reason=bool(form.reason.errors),
        earlier=monday - timedelta(7),
        later=monday + timedelta(7) if monday + timedelta(7) < today() else None,
    )


def _days(monday: date) -> list[date]:
    """Those of the week that are over."""
    return [day for day in week_from(monday) if day < today()]


def _known(days: list[date], scope: str):
    if not days:
        return {key: {} for key in SHEET_FIELDS}, {}
    span = (days[0], days[-1], scope)
    return daily(g.engagement.id, SHEET_FIELDS, *span), notes(g.engagement.id, *span)


def _asked_monday(text: str | None) -> date:
    """The Monday of the day in the address; else of the last week that has begun and has a day behind it."""
    newest = monday_of(today() - timedelta(1))
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return newest
    return min(monday_of(day), newest) if day.year > 2011 else newest
