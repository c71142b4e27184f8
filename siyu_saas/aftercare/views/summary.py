"""Closing in one page: qualities, feedback, satisfaction, after-checks."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.aftercare.actions import give_feedback, promise_improvement
from siyu_saas.aftercare.checking import checks_of
from siyu_saas.aftercare.forms import FeedbackForm, PromiseForm, SurveyForm
from siyu_saas.aftercare.models import Feedback
from siyu_saas.aftercare.queries import answers_of, feedback_of, qualities, surveys_of
from siyu_saas.aftercare.rules.next_stage import proposals
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS, Period, difference, score
from siyu_saas.aftercare.rules.satisfaction import after_checks, outcome, promise_is_due
from siyu_saas.core.clock import today
from siyu_saas.core.services import services
from siyu_saas.papers.links import token_of
from siyu_saas.targets.queries import targets_of
from siyu_saas.targets.rules.states import State
from siyu_saas.tenants.guards import may
from siyu_saas.web import charts
from siyu_saas.web.forms import refuse_stale

from .blueprints import aftercare

UNMET = (State.PARTIAL, State.MISSED, State.NOT_EVALUABLE)


@aftercare.get("")
@may("aftercare.see")
def show():
    return summary_page()


def summary_page(*, survey_form: SurveyForm | None = None, promise_form: PromiseForm | None = None) -> str:
    found, feedback = qualities(g.engagement.id), feedback_of(g.engagement.id)
    answers = answers_of(g.engagement.id)
    wide, narrow = charts.both_widths(charts.sliders, quality_sliders(found), uid="qualities")
    return render_template(
        "aftercare/show.html",
        rows=_quality_rows(found),
        found=found,
        periods=list(Period),
        wide=wide,
        narrow=narrow,
        feedback=feedback,
        promise_due=feedback is not None and promise_is_due(feedback.score, feedback.promise),
        promise_form=promise_form or PromiseForm(formdata=None),
        surveys=[
            (one, outcome(one.kind, [answer.score for answer in answers.get(one.id, ())]), _address_of(one))
            for one in surveys_of(g.engagement.id)
        ],
        survey_form=survey_form or SurveyForm(formdata=None),
        checks=after_checks(g.engagement.ends_on),
        proposals=_proposals(found, feedback),
        today=today(),
    )


def quality_sliders(found: dict) -> charts.SlidersData:
    def at(period: Period, dimension) -> int | None:
        row = found.get(period)
        return score(dimension, row.answers) if row else None

    sliders = tuple(
        charts.Slider(one.title, "没有", "稳定运行", at(Period.BEFORE, one), at(Period.AFTER, one))
        for one in DIMENSIONS
    )
    return charts.SlidersData("四个维度，期初与期末", sliders, "期初", "期末", 100)


@aftercare.get("/checks")
@may("aftercare.see")
def checks():
    return render_template("aftercare/checks.html", checks=checks_of(g.engagement, on=today()))


@aftercare.get("/feedback")
@may("aftercare.answer")
def feedback():
    return _feedback_page(_feedback_form(feedback_of(g.engagement.id)))


@aftercare.post("/feedback")
@may("aftercare.answer")
def save_feedback():
    row, form = feedback_of(g.engagement.id), FeedbackForm()
    if not form.validate():
        return _feedback_page(form), 422
    refuse_stale(form, _feedback_form(row), back=url_for(".feedback"))
    words = {name: form[name].data or "" for name in ("best", "worst", "needs", "quote")}
    values = {"score": form.score.data, "recommends": form.recommends.data == "yes", **words}
    values["consent_to_quote"] = form.consent_to_quote.data
    give_feedback(row, engagement_id=g.engagement.id, values=values, by=g.actor)
    flash(_("收到，谢谢你如实告诉我们"))
    return redirect(url_for(".show"))


@aftercare.post("/promise")
@may("aftercare.review")
def promise():
    row, form = feedback_of(g.engagement.id) or abort(404), PromiseForm()
    if not form.validate():
        return summary_page(promise_form=form), 422
    promise_improvement(row, form.promise.data, by=g.actor)
    flash(_("改进承诺已写上，会和评分一起出现在报告里"))
    return redirect(url_for(".show"))


def _feedback_form(row: Feedback | None) -> FeedbackForm:
    if row is None:
        return FeedbackForm(formdata=None, version=0)
    form = FeedbackForm(formdata=None, obj=row)
    form.recommends.data = "yes" if row.recommends else "no"
    return form


def _feedback_page(form: FeedbackForm) -> str:
    return render_template("aftercare/feedback.html", form=form)


def _quality_rows(found: dict) -> list[tuple]:
    rows = []
    for dimension in DIMENSIONS:
        before, after = (
            score(dimension, found[period].answers) if period in found else None
            for period in (Period.BEFORE, Period.AFTER)
        )
        remaining = found[Period.AFTER].remaining.get(dimension.key, "") if Period.AFTER in found else ""
        rows.append((dimension, before, after, difference(before, after), remaining))
    return rows


def _proposals(found: dict, feedback: Feedback | None) -> list:
    unmet = [(one.title, one.state.title) for one in targets_of(g.engagement.id) if one.state in UNMET]
    at_end = found.get(Period.AFTER)
    remaining = [(one.title, at_end.remaining.get(one.key, "")) for one in DIMENSIONS] if at_end else []
    return proposals(unmet, remaining, feedback.needs if feedback else "")


def _address_of(survey) -> str:
    return services().settings.base_url + url_for("survey.ask", token=token_of(survey.link_id))
