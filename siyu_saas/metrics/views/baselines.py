"""The vault: what was frozen, when, from which files, and what has changed since."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.metrics.actions.baselines import freeze_baseline
from siyu_saas.metrics.forms.baselines import FreezeForm
from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.queries.baselines import baselines_of, changed_since, frozen_daily
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.fields import FIELDS as FIELD_TITLES
from siyu_saas.metrics.rules.measures import AGREED, FIELDS, MEASURES
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.vault import horizon
from siyu_saas.metrics.rules.windows import Window, usual_window
from siyu_saas.metrics.rules.wording import basis_text, figure_text
from siyu_saas.tenants.guards import may

from .archived import refuse_what_is_over
from .scopes import asked_scope, scope_links

CHANGES_SHOWN = 50

baselines = Blueprint("baselines", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/baselines")
baselines.before_request(refuse_what_is_over)


@baselines.get("")
@may("comparison.see")
def show():
    return _page()


@baselines.post("")
@may("baseline.freeze")
def freeze():
    form = FreezeForm()
    if not form.validate():
        return _page(form), 422
    window, scope = Window(form.first.data, form.last.data), asked_scope(scopes_of(g.engagement.id))
    freeze_baseline(g.engagement.id, window, reason=form.reason.data or "", by=g.actor, scope=scope)
    flash(_("基线已冻结，之后的改数会显示为差异"))
    return redirect(url_for(".show", scope=None if scope == ALL else scope))


def _page(form: FreezeForm | None = None) -> str:
    scopes = scopes_of(g.engagement.id)
    scope = asked_scope(scopes)
    every = baselines_of(g.engagement.id, scope)
    current = every[0] if every else None
    window = (
        Window(current.first, current.last) if current else usual_window(g.engagement.starts_on - timedelta(days=1))
    )
    known = daily(g.engagement.id, FIELDS, window.first, window.last, scope)
    usual = FreezeForm(formdata=None, data={"first": window.first, "last": window.last})
    changes = changed_since(current, known) if current else []
    return render_template(
        "metrics/baselines.html",
        current=current,
        older=every[1:],
        window=window,
        horizon=horizon(window, today()),
        rows=_rows(current, window, known),
        changes=[(FIELD_TITLES[field].title, day, then, now) for field, day, then, now in changes[:CHANGES_SHOWN]],
        more_changes=max(0, len(changes) - CHANGES_SHOWN),
        form=form or usual,
        scope=None if scope == ALL else scope,
        scopes=scope_links(".show", scopes, scope),
    )


def _rows(current: Baseline | None, window: Window, known) -> list[tuple[str, str, str, str]]:
    """(measure, figure, basis, coverage) of the frozen numbers, or of what would be frozen now."""
    counts = frozen_daily(current) if current else known
    seen = [reading(MEASURES[key], counts, window) for key in (*AGREED, "parcel_to_wecom_rate", "first_order_rate")]
    return [
        (one.measure.title, figure_text(one.measure, one.figure), basis_text(one), f"{one.valid}/{one.due}")
        for one in seen
    ]
