"""Before and after: all agreed measures, what is clear and what is not, what else happened, and the consultant's sentence."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.metrics.actions.comparisons import (
    agree_comparison,
    enter_influence,
    move_comparison,
    remove_influence,
    word_conclusion,
)
from siyu_saas.metrics.forms.comparisons import ComparisonForm, ConclusionForm, InfluenceForm
from siyu_saas.metrics.models import Comparison
from siyu_saas.metrics.queries.baselines import current_baseline
from siyu_saas.metrics.queries.comparisons import comparison_of, comparison_to_change, influence_with, influences_of
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.claims import unfounded
from siyu_saas.metrics.rules.confounders import Kind
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import AGREED, HEADLINE_LIMIT, MEASURES
from siyu_saas.metrics.rules.windows import USUAL_DAYS, Window, usual_window
from siyu_saas.metrics.rules.wording import conclusion
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .archived import refuse_what_is_over
from .evidence import gather
from .scopes import asked_scope, scope_links

comparison = Blueprint("comparison", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/comparison")
comparison.before_request(refuse_what_is_over)


@comparison.get("")
@may("comparison.see")
def show():
    return _page()


@comparison.get("/windows")
@may("comparison.edit")
def windows():
    row = comparison_of(g.engagement.id)
    return _editor(_form(row), row)


@comparison.post("/windows")
@may("comparison.edit")
def agree():
    row, form = comparison_to_change(g.engagement.id), ComparisonForm()
    if not form.validate():
        return _editor(form, row), 422
    before = Window(form.before_first.data, form.before_last.data)
    after = Window(form.after_first.data, form.after_last.data)
    if row is None:
        agree_comparison(g.engagement.id, before, after, form.measures.data, form.headline.data, by=g.actor)
        flash(_("对比窗口已锁定，再改要写原因"))
    else:
        refuse_stale(form, _form(row), back=url_for(".windows"))
        move_comparison(
            row, before, after, form.measures.data, form.headline.data, reason=form.reason.data or "", by=g.actor
        )
        flash(_("窗口已更改，原来的窗口留在记录里"))
    return redirect(url_for(".show"))


@comparison.post("/conclusion")
@may("comparison.edit")
def conclude():
    row, form = comparison_to_change(g.engagement.id) or abort(404), ConclusionForm()
    if not form.validate():
        return _page(words=form), 422
    refuse_stale(form, _words(row, row.conclusion), back=url_for(".show"))
    if form.confirmed.data and (loose := _unfounded(row, form.words.data or "")):
        form.words.errors = [
            _(
                "%(these)s 不在对比表里，也没有写分子 ÷ 分母：这样的百分比不能写进确认的结论。请改成表里的数、补上分子 ÷ 分母，或去掉勾选先存草稿。",
                these="、".join(loose),
            )
        ]
        return _page(words=form), 422
    word_conclusion(row, form.words.data or "", confirmed=form.confirmed.data, by=g.actor)
    flash(_("结论已确认") if form.confirmed.data else _("结论草稿已保存"))
    return redirect(url_for(".show"))


@comparison.post("/influences")
@may("comparison.edit")
def add_influence():
    form = InfluenceForm()
    if not form.validate():
        return _page(influence=form), 422
    enter_influence(g.engagement.id, Kind(form.kind.data), form.title.data, form.first.data, form.last.data, by=g.actor)
    flash(_("已记录，会列在对比的影响因素里"))
    return redirect(url_for(".show") + "#influences")


@comparison.post("/influences/<uuid:influence_id>/removal")
@may("comparison.edit")
def drop_influence(influence_id):
    remove_influence(influence_with(influence_id, g.engagement.id) or abort(404), by=g.actor)
    flash(_("已删除"))
    return redirect(url_for(".show") + "#influences")


def _unfounded(row: Comparison, words: str) -> list[str]:
    found = gather(row, influences_of(g.engagement.id), current_baseline(g.engagement.id))
    return unfounded(words, found.percentages)


def _page(words: ConclusionForm | None = None, influence: InfluenceForm | None = None) -> str:
    row = comparison_of(g.engagement.id)
    scopes = scopes_of(g.engagement.id)
    scope = asked_scope(scopes)
    entered, baseline = influences_of(g.engagement.id), current_baseline(g.engagement.id, scope)
    found = gather(row, entered, baseline, scope) if row else None
    edits = g.access.may("comparison.edit")
    whole = scope == ALL
    draft = conclusion(found.told_first, found.happenings) if found else ""
    return render_template(
        "metrics/comparison.html",
        row=row,
        found=found,
        entered=entered,
        baseline=baseline,
        draft=draft,
        words=words or (_words(row, row.conclusion or draft) if row and edits and whole else None),
        influence=influence or (InfluenceForm(formdata=None) if edits else None),
        pictures=found.pictures() if found else None,
        measures=MEASURES,
        scope=None if whole else scope,
        scopes=scope_links(".show", scopes, scope),
    )


def _editor(form: ComparisonForm, row: Comparison | None) -> str:
    return render_template("metrics/windows.html", form=form, row=row)


def _words(row: Comparison, words: str) -> ConclusionForm:
    data = {"words": words, "confirmed": row.confirmed_at is not None, "version": row.version}
    return ConclusionForm(formdata=None, data=data)


def _form(row: Comparison | None) -> ComparisonForm:
    if row is not None:
        return ComparisonForm(formdata=None, obj=row)
    engagement = g.engagement
    before = usual_window(engagement.starts_on - timedelta(days=1))
    after = usual_window(min(engagement.ends_on, max(today(), engagement.starts_on + timedelta(days=USUAL_DAYS))))
    data = {
        "before_first": before.first,
        "before_last": before.last,
        "after_first": after.first,
        "after_last": after.last,
        "measures": list(AGREED),
        "headline": list(AGREED[:HEADLINE_LIMIT]),
        "version": 0,
    }
    return ComparisonForm(formdata=None, data=data)
