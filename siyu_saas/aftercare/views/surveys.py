"""One question by a link: made by the team, answered by anybody who has it."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Response, abort, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.aftercare.actions import SURVEY_DAYS, SURVEY_PURPOSE, answer_survey, ask_people
from siyu_saas.aftercare.forms import SurveyForm, TapForm
from siyu_saas.aftercare.models import Survey, SurveyAnswer
from siyu_saas.aftercare.queries import answer_given, survey_with
from siyu_saas.aftercare.rules.satisfaction import SurveyKind
from siyu_saas.core.database import end_reading
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.links import LinkOver, link_with
from siyu_saas.tenants.guards import may
from siyu_saas.web.routes import open_to

from .blueprints import aftercare, survey
from .summary import summary_page

GIVEN = "given"
KEY = re.compile(r"[0-9A-Za-z]{1,64}")


@aftercare.post("/surveys")
@may("aftercare.review")
def make_survey():
    form = SurveyForm()
    if not form.validate():
        return summary_page(survey_form=form), 422
    ask_people(SurveyKind(form.kind.data), engagement_id=g.engagement.id, label=form.label.data, by=g.actor)
    flash(_("链接已生成，发到群里即可，打开就能答"))
    return redirect(url_for(".show") + "#surveys")


@survey.get("/<string:token>")
@open_to("everyone")
def ask(token: str):
    link = link_with(SURVEY_PURPOSE, token) or abort(404)
    end_reading()
    with tenant(link.tenant_id):
        asked = survey_with(link.subject_id)
        given = _given(asked)
        return _thanks(asked, given, again=True) if given else _page(asked, _form(asked, formdata=None))


@survey.post("/<string:token>")
@open_to("everyone")
def answer(token: str):
    link = link_with(SURVEY_PURPOSE, token) or abort(404)
    end_reading()
    with tenant(link.tenant_id):
        asked = survey_with(link.subject_id)
        form = _form(asked)
        if not form.validate():
            return _page(asked, form), 422
        before = _given(asked)
        given = before or answer_survey(asked, score=form.score.data, words=form.words.data or "", once=form.once.data)
        return _remembered(make_response(_thanks(asked, given, again=before is not None)), given.once)


@survey.errorhandler(LinkOver)
def show_over(over: LinkOver):
    return render_template("papers/link_over.html", sentence=str(over)), over.status


def _given(asked: Survey) -> SurveyAnswer | None:
    """What this browser has answered already."""
    once = request.cookies.get(GIVEN, "")
    return answer_given(asked.id, once) if KEY.fullmatch(once) else None


def _thanks(asked: Survey, given: SurveyAnswer, *, again: bool) -> str:
    return render_template("aftercare/thanks.html", asked=asked, given=given, again=again)


def _remembered(response: Response, once: str) -> Response:
    """By the browser, for this one link: whoever opens it again has answered already."""
    response.set_cookie(
        GIVEN,
        once,
        max_age=timedelta(days=SURVEY_DAYS),
        path=request.path,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


def _form(asked, **options) -> TapForm:
    form = TapForm(**options)
    form.score.choices = [SelectChoice(score, str(score)) for score in asked.kind.scores]
    return form


def _page(asked, form: TapForm) -> str:
    return render_template("aftercare/survey.html", asked=asked, form=form)
