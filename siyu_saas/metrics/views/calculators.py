"""Calculators with their answer on the same page; an answer that is worth keeping is kept and may carry a target."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.metrics.actions.calculations import keep_calculation
from siyu_saas.metrics.forms.calculations import CalculatorForm, form_for, usual
from siyu_saas.metrics.queries.calculations import run_with, runs_of
from siyu_saas.metrics.rules.calculators.answers import Answer
from siyu_saas.metrics.rules.calculators.catalog import CALCULATORS, EDITION, METHODS, RFM
from siyu_saas.metrics.rules.calculators.inputs import BadInput
from siyu_saas.tenants.guards import may

from .archived import refuse_what_is_over

calculators = Blueprint("calculators", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/calculators")
calculators.before_request(refuse_what_is_over)


@calculators.get("")
@may("calculation.see")
def index():
    return render_template("metrics/calculators.html", calculators=CALCULATORS, runs=runs_of(g.engagement.id))


@calculators.get("/<string:kind>")
@may("calculation.see")
def show(kind: str):
    """With numbers in the address the answer to them, otherwise that of the example."""
    calculator = CALCULATORS.get(kind) or abort(404)
    form = form_for(calculator, formdata=request.args or usual(calculator))
    answer = _answer(form)
    whole = request.headers.get("HX-Request") != "true"
    template = "metrics/calculator.html" if whole else "metrics/_answer.html"
    return render_template(template, calculator=calculator, form=form, answer=answer)


@calculators.post("/<string:kind>")
@may("calculation.run")
def keep(kind: str):
    """Calculates, and keeps the answer when asked to: the way without script."""
    calculator = CALCULATORS.get(kind) or abort(404)
    form = form_for(calculator)
    answer = _answer(form)
    if answer is None or "keep" not in request.form:
        page = render_template("metrics/calculator.html", calculator=calculator, form=form, answer=answer)
        return page, 422 if answer is None else 200
    run = keep_calculation(
        g.engagement.id,
        calculator.key,
        calculator.title_of(answer),
        form.typed,
        answer,
        edition=EDITION,
        form_key=form.once.data or None,
        by=g.actor,
    )
    flash(_("测算已保存，可以挂到目标上作为依据"))
    return redirect(url_for(".run", run_id=run.id))


@calculators.get("/runs/<uuid:run_id>")
@may("calculation.see")
def run(run_id):
    row = run_with(run_id, g.engagement.id) or abort(404)
    calculator = METHODS[row.calculator]
    inputs = [(one.title, row.inputs.get(one.name) or "—") for one in calculator.questions]
    is_rfm = row.calculator == RFM.key
    again = url_for(
        "data.customers_page" if is_rfm else ".show", **({} if is_rfm else {"kind": row.calculator}), **row.inputs
    )
    return render_template("metrics/run.html", row=row, calculator=calculator, inputs=inputs, again=again)


def _answer(form: CalculatorForm) -> Answer | None:
    if not form.validate():
        return None
    try:
        return form.calculator.answer(form.values)
    except BadInput as error:
        form.blame(error)
        return None
