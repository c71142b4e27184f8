"""The outline of a questionnaire: its sections and questions, one form at a time, with a phone's view beside it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for

from siyu_saas.library.actions.questionnaires import change_draft
from siyu_saas.library.forms.conditions import JOINT_TITLES
from siyu_saas.library.forms.questionnaires import (
    RESPONDENT_TITLES,
    TYPE_TITLES,
    NewSectionForm,
    head_form,
    question_form,
    section_form,
)
from siyu_saas.library.models import FirmQuestionnaire
from siyu_saas.library.rules import drafts
from siyu_saas.library.rules.preview import preview
from siyu_saas.library.rules.proofreading import Flaw
from siyu_saas.library.rules.shelf import pack_called
from siyu_saas.library.rules.trees import place_in
from siyu_saas.packs.shapes.questions import TYPES
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import Form, refuse_stale, with_ids

from .drafts import flaws_in, questionnaires, row_or_404

QUESTION, SECTION, HEAD = "library/_question.html", "library/_section.html", "library/_head.html"
PLACES = {"scale": "scale_from", "ends": "low_end", "min": "least", "max": "most"}


@questionnaires.get("/<uuid:questionnaire_id>")
@may("questionnaire.edit")
def edit(questionnaire_id: UUID):
    """`q` names the question that is open, `s` the section, `head` the questionnaire itself."""
    row = row_or_404(questionnaire_id)
    if "head" in request.args:
        return _head_page(row)
    if name := request.args.get("s"):
        return _section_page(row, name)
    return _question_page(row, request.args.get("q") or row.draft["sections"][0]["questions"][0]["key"])


@questionnaires.post("/<uuid:questionnaire_id>/head")
@may("questionnaire.edit")
def change_head(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    form = head_form(row.draft)
    if not form.validate():
        return _head_page(row, form), 422
    current = head_form(row.draft, formdata=None, version=row.version)
    refuse_stale(form, current, back=url_for(".edit", questionnaire_id=row.id, head=1))
    change_draft(row, drafts.headed(row.draft, form.definition()), by=g.actor)
    return redirect(url_for(".edit", questionnaire_id=row.id, head=1))


@questionnaires.post("/<uuid:questionnaire_id>/sections")
@may("questionnaire.edit")
def add_section(questionnaire_id: UUID):
    row, form = row_or_404(questionnaire_id), with_ids(NewSectionForm(), "new")
    if not form.validate():
        return _head_page(row, more=form), 422
    return _section_changed(row, *drafts.section_added(row.draft, form.title.data))


@questionnaires.post("/<uuid:questionnaire_id>/sections/<name>")
@may("questionnaire.edit")
def change_section(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    section = _section_or_404(row, name)
    form = section_form(row.draft, section)
    if act := request.form.get("act"):
        form.show_if.act(act)
        return _section_page(row, name, form)
    if not form.validate():
        return _section_page(row, name, form), 422
    current = section_form(row.draft, section, formdata=None, version=row.version)
    refuse_stale(form, current, back=url_for(".edit", questionnaire_id=row.id, s=name))
    return _section_changed(row, drafts.section_changed(row.draft, name, form.definition()), name)


@questionnaires.post("/<uuid:questionnaire_id>/sections/<name>/place")
@may("questionnaire.edit")
def move_section(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    _section_or_404(row, name)
    return _section_changed(row, drafts.section_moved(row.draft, name, _step()), name)


@questionnaires.post("/<uuid:questionnaire_id>/sections/<name>/removal")
@may("questionnaire.edit")
def remove_section(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    _section_or_404(row, name)
    draft = drafts.section_removed(row.draft, name)
    return _section_changed(row, draft, draft["sections"][0]["key"])


@questionnaires.post("/<uuid:questionnaire_id>/questions")
@may("questionnaire.edit")
def add(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    section, kind = request.form.get("section", ""), request.form.get("type", "")
    if kind not in TYPES or section not in {one["key"] for one in row.draft["sections"]}:
        abort(404)
    return _question_changed(row, *drafts.added(row.draft, section, kind))


@questionnaires.post("/<uuid:questionnaire_id>/questions/<name>")
@may("questionnaire.edit")
def change(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    question = _question_or_404(row, name)
    metrics = pack_called(row.pack).metrics
    form = question_form(row.draft, question, metrics)
    if act := request.form.get("act"):
        form.show_if.act(act)
        return _question_page(row, name, form)
    if not form.validate():
        return _question_page(row, name, form), 422
    current = question_form(row.draft, question, metrics, formdata=None, version=row.version)
    refuse_stale(form, current, back=url_for(".edit", questionnaire_id=row.id, q=name))
    return _question_changed(row, drafts.changed(row.draft, name, form.definition()), name)


@questionnaires.post("/<uuid:questionnaire_id>/questions/<name>/copy")
@may("questionnaire.edit")
def duplicate(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    _question_or_404(row, name)
    return _question_changed(row, *drafts.copied(row.draft, name))


@questionnaires.post("/<uuid:questionnaire_id>/questions/<name>/place")
@may("questionnaire.edit")
def move(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    _question_or_404(row, name)
    return _question_changed(row, drafts.moved(row.draft, name, _step()), name)


@questionnaires.post("/<uuid:questionnaire_id>/questions/<name>/removal")
@may("questionnaire.edit")
def remove_question(questionnaire_id: UUID, name: str):
    row = row_or_404(questionnaire_id)
    _question_or_404(row, name)
    draft = drafts.removed(row.draft, name)
    return _question_changed(row, draft, draft["sections"][0]["questions"][0]["key"])


def _question_page(row: FirmQuestionnaire, name: str, sent: Form | None = None) -> str:
    """`sent` is a form that came back, with what was typed."""
    question, metrics = _question_or_404(row, name), pack_called(row.pack).metrics
    section = next(one for one in row.draft["sections"] if question in one["questions"])
    form = sent or question_form(row.draft, question, metrics, formdata=None, version=row.version)
    return _page(row, QUESTION, form, sent, section=section, chosen=question)


def _section_page(row: FirmQuestionnaire, name: str, sent: Form | None = None) -> str:
    section = _section_or_404(row, name)
    form = sent or section_form(row.draft, section, formdata=None, version=row.version)
    return _page(row, SECTION, form, sent, section=section)


def _head_page(row: FirmQuestionnaire, sent: Form | None = None, *, more: Form | None = None) -> str:
    form = sent or head_form(row.draft, formdata=None, version=row.version)
    return _page(row, HEAD, form, sent or more, section=row.draft["sections"][0], more=more)


def _page(row: FirmQuestionnaire, desk: str, form: Form, sent: Form | None, *, section, chosen=None, more=None) -> str:
    flaws, refused = flaws_in(row), sent if sent and sent.errors else None
    if desk != HEAD:
        own = [one for one in flaws if (one.question == chosen["key"] if chosen else one.section == section["key"])]
        _blame(form, own)
    return render_template(
        "library/editor.html",
        row=row,
        flaws=flaws,
        refused=refused,
        desk=desk,
        form=form,
        more=more or with_ids(NewSectionForm(formdata=None), "new"),
        chosen=chosen,
        section=section,
        shown=preview(row.draft, chosen["key"] if chosen else section["questions"][0]["key"]),
        types=TYPE_TITLES,
        respondents=RESPONDENT_TITLES,
        joints=JOINT_TITLES,
    )


def _blame(form: Form, flaws: list[Flaw]) -> None:
    """Each flaw stands at its field; one in a condition at its line."""
    for flaw in flaws:
        name = flaw.place[0] if flaw.place else ""
        if name == "show_if":
            form.show_if.blame(place_in(form.show_if.data, flaw.place[1:]), flaw.says)
        elif PLACES.get(name, name) in form:
            field = form[PLACES.get(name, name)]
            field.errors = [*field.errors, flaw.says]


def _question_changed(row: FirmQuestionnaire, draft: drafts.Definition, key: str):
    change_draft(row, draft, by=g.actor)
    return redirect(url_for(".edit", questionnaire_id=row.id, q=key, _anchor=f"row-{key}"))


def _section_changed(row: FirmQuestionnaire, draft: drafts.Definition, key: str):
    change_draft(row, draft, by=g.actor)
    return redirect(url_for(".edit", questionnaire_id=row.id, s=key, _anchor=f"part-{key}"))


def _question_or_404(row: FirmQuestionnaire, name: str) -> dict:
    try:
        return drafts.question(row.draft, name)
    except KeyError:
        abort(404)


def _section_or_404(row: FirmQuestionnaire, name: str) -> dict:
    try:
        return drafts.section(row.draft, name)
    except KeyError:
        abort(404)


def _step() -> int:
    return -1 if request.form.get("to") == "up" else 1
