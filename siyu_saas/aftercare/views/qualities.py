"""The four qualities, filled by the merchant and reviewed by the consultant."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.aftercare.actions import fill_qualities, review_qualities
from siyu_saas.aftercare.forms import qualities_form
from siyu_saas.aftercare.models import Qualitative
from siyu_saas.aftercare.queries import qualities
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS, Period, without_evidence
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import Form, refuse_stale

from .blueprints import aftercare


@aftercare.get("/qualities/<string:name>")
@may("aftercare.answer")
def edit_qualities(name: str):
    period = _period_or_404(name)
    return _page(period, _form(period, qualities(g.engagement.id).get(period)))


@aftercare.post("/qualities/<string:name>")
@may("aftercare.answer")
def save_qualities(name: str):
    period = _period_or_404(name)
    row, form = qualities(g.engagement.id).get(period), qualities_form(period)()
    values = _values(period, form)
    if not form.validate() or _evidence_is_missing(period, form, values):
        return _page(period, form), 422
    refuse_stale(form, _form(period, row), back=url_for(".edit_qualities", name=name))
    fill_qualities(row, engagement_id=g.engagement.id, period=period, **values, by=g.actor)
    flash(_("已保存，等顾问复核"))
    return redirect(url_for(".show"))


@aftercare.post("/qualities/<string:name>/review")
@may("aftercare.review")
def review(name: str):
    review_qualities(qualities(g.engagement.id).get(_period_or_404(name)) or abort(404), by=g.actor)
    flash(_("已复核"))
    return redirect(url_for(".show"))


def _period_or_404(name: str) -> Period:
    return Period(name) if name in set(Period) else abort(404)


def _values(period: Period, form: Form) -> dict[str, dict]:
    keys = [key for dimension in DIMENSIONS for key in dimension.keys]
    at_end = period is Period.AFTER
    return {
        "answers": {key: form[key].data for key in keys},
        "evidence": {key: form[f"{key}_evidence"].data for key in keys if at_end and form[f"{key}_evidence"].data},
        "facts": {one.key: form[f"{one.key}_facts"].data or "" for one in DIMENSIONS},
        "remaining": {one.key: form[f"{one.key}_remaining"].data or "" for one in DIMENSIONS} if at_end else {},
    }


def _evidence_is_missing(period: Period, form: Form, values: dict[str, dict]) -> bool:
    missing = without_evidence(period, values["answers"], values["evidence"])
    for key in missing:
        form[f"{key}_evidence"].errors = [_("打 3 分以上要写明依据：截图名、文件名或链接")]
    return bool(missing)


def _form(period: Period, row: Qualitative | None) -> Form:
    if row is None:
        return qualities_form(period)(formdata=None, version=0)
    data = {**row.answers, **{f"{key}_evidence": words for key, words in row.evidence.items()}}
    data |= {f"{key}_facts": words for key, words in row.facts.items()}
    data |= {f"{key}_remaining": words for key, words in row.remaining.items()}
    return qualities_form(period)(formdata=None, data=data, version=row.version)


def _page(period: Period, form: Form) -> str:
    groups = [
        (
            one,
            [(form[key], form[f"{key}_evidence"] if period is Period.AFTER else None) for key in one.keys],
            form[f"{one.key}_facts"],
            form[f"{one.key}_remaining"] if period is Period.AFTER else None,
        )
        for one in DIMENSIONS
    ]
    return render_template("aftercare/qualities.html", period=period, form=form, groups=groups)
