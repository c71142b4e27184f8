"""A new target, and the draft until it is proposed."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.diagnosis.queries.numbers import NumericAnswer, numeric_answers
from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.queries.baselines import current_baseline, frozen_daily
from siyu_saas.metrics.queries.experience import experience_of
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import Shape
from siyu_saas.metrics.rules.readings import Reading, reading
from siyu_saas.metrics.rules.windows import Coverage, Window
from siyu_saas.packs.library import pack
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from ..actions.offers import propose_target
from ..actions.targets import change_target, draft_target
from ..forms import TargetForm, shown
from ..models import Target
from ..queries import target_to_change, target_with
from ..rules.bands import Benchmark, chosen, usable
from ..rules.benchmarks import band_text, of_metric, own_benchmark
from ..rules.quantities import amount_text
from ..rules.starter import CHOICES, Choice
from ..rules.states import State
from ..rules.suggestions import Suggestion, suggest
from ..rules.totals import baseline_over
from .blueprints import targets
from .terms import baseline_of, form_of, fresh_form, terms_of


@targets.get("/new")
@may("target.edit")
def new():
    choice = CHOICES.get(request.args.get("metric", ""))
    if choice is None:
        return render_template("targets/choose.html", choices=CHOICES.values())
    (baseline, seen), benchmarks = _baseline(choice), _benchmarks(choice)
    answer = None if seen else _answered(choice)
    form = fresh_form(choice, g.engagement, baseline, scopes_of(g.engagement.id))
    form.value.data = shown(choice.measure.unit, _suggested(form, choice, seen, benchmarks).value)
    if answer:
        form.baseline.data = f"{answer.value:f}"
    return _editor(form, choice, seen, benchmarks, said_by=answer.said_by if answer else None)


@targets.post("/new/<string:kind>")
@may("target.edit")
def create(kind: str):
    choice = CHOICES.get(kind) or abort(404)
    form, benchmarks = TargetForm(measure=choice.measure, scopes=scopes_of(g.engagement.id)), _benchmarks(choice)
    valid = form.validate()
    baseline, seen = _baseline(choice, form.counted_in.data)
    if not valid:
        return _editor(form, choice, seen, benchmarks), 422
    terms = terms_of(form, choice, baseline=baseline, reading=seen, benchmarks=benchmarks)
    target = draft_target(g.engagement.id, terms, form_key=form.once.data or None, by=g.actor)
    flash(_("目标草稿已保存，对方还看不到"))
    return redirect(url_for(".show", target_id=target.id))


@targets.get("/<uuid:target_id>/edit")
@may("target.edit")
def edit(target_id):
    target = target_with(target_id, g.engagement.id) or abort(404)
    if target.state is not State.DRAFT:
        return redirect(url_for(".show", target_id=target.id))
    choice = CHOICES[target.metric]
    return _editor(
        form_of(target, scopes_of(g.engagement.id)),
        choice,
        _baseline(choice, target.counted_in)[1],
        _benchmarks(choice),
        target,
    )


@targets.post("/<uuid:target_id>/draft")
@may("target.edit")
def save(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    choice = CHOICES[target.metric]
    scopes, benchmarks = scopes_of(g.engagement.id), _benchmarks(choice)
    form = TargetForm(measure=choice.measure, scopes=scopes)
    valid = form.validate()
    baseline, seen = _baseline(choice, form.counted_in.data)
    if not valid:
        return _editor(form, choice, seen, benchmarks, target), 422
    refuse_stale(form, form_of(target, scopes), back=url_for(".edit", target_id=target.id))
    terms = terms_of(form, choice, baseline=baseline, reading=seen, benchmarks=benchmarks)
    change_target(target, terms, by=g.actor)
    flash(_("草稿已保存"))
    return redirect(url_for(".show", target_id=target.id))


@targets.post("/<uuid:target_id>/proposal")
@may("target.offer")
def propose(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    propose_target(target, side=g.access.side, by=g.actor)
    flash(_("已发给对方确认，对方可以签署或提出不同数值"))
    return redirect(url_for(".show", target_id=target.id))


def _editor(
    form: TargetForm,
    choice: Choice,
    seen: Reading | None,
    benchmarks: list[Benchmark],
    target: Target | None = None,
    said_by: str | None = None,
) -> str:
    suggestion, unit = _suggested(form, choice, seen, benchmarks), choice.measure.unit
    return render_template(
        "targets/edit.html",
        form=form,
        choice=choice,
        target=target,
        said_by=said_by,
        action=url_for(".save", target_id=target.id) if target else url_for(".create", kind=choice.measure.key),
        unit="%" if unit == "share" else unit.title,
        frozen=amount_text(unit, baseline_over(seen, None)) if seen else None,
        over=amount_text(unit, baseline_of(form, choice, seen)) if seen and choice.measure.shape is Shape.SUM else None,
        seen=seen,
        suggestion=suggestion,
        suggested=amount_text(unit, suggestion.value),
        alternative=amount_text(unit, suggestion.alternative),
        benchmarks=[(one, band_text(unit, one.low, one.high)) for one in benchmarks],
    )


def _baseline(choice: Choice, scope: str = ALL) -> tuple[Baseline | None, Reading | None]:
    """The frozen one of the scope, when it says enough about this measure."""
    baseline = current_baseline(g.engagement.id, scope)
    if baseline is None:
        return None, None
    seen = reading(choice.measure, frozen_daily(baseline), Window(baseline.first, baseline.last))
    return baseline, None if seen.coverage is Coverage.THIN or seen.figure is None else seen


def _answered(choice: Choice) -> NumericAnswer | None:
    """What was said in the diagnosis is not typed again. Source: product B6."""
    said = (one for one in numeric_answers(g.engagement.id) if one.metric == choice.measure.key)
    return next(said, None)


def _benchmarks(choice: Choice) -> list[Benchmark]:
    measure, own = choice.measure, experience_of(g.access.firm_id, choice.measure.key)
    found = of_metric(pack(g.access.pack).benchmarks.values(), measure.key, measure.unit)
    return usable([*found, own_benchmark(own, measure.unit)]) if own else found


def _suggested(form: TargetForm, choice: Choice, seen: Reading | None, benchmarks: list[Benchmark]) -> Suggestion:
    measure = choice.measure
    return suggest(measure.unit, measure.better, baseline_of(form, choice, seen), chosen(benchmarks))
