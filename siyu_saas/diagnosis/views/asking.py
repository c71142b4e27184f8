"""Sending questionnaires, beginning sheets, and where everybody stands."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from siyu_saas.diagnosis.actions.answering import begin_sheet, refuse_published
from siyu_saas.diagnosis.actions.sending import send_diagnosis
from siyu_saas.diagnosis.forms import InterviewForm, SendForm
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis
from siyu_saas.diagnosis.queries.assignments import assignments_in
from siyu_saas.diagnosis.queries.diagnoses import (
    asked_in,
    asked_with,
    diagnoses_of,
    questionnaire_of,
    questionnaires_of,
)
from siyu_saas.diagnosis.queries.packs import pack_of
from siyu_saas.diagnosis.queries.sheets import sheets_in
from siyu_saas.diagnosis.rules.asking import ANSWERING, Depth, Share, in_order, sections_for, sendable, standing_of
from siyu_saas.diagnosis.rules.progress import is_complete, section_rows, suggested
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.queries.people import members_of
from siyu_saas.tenants.rules import Role, Side

from .blueprints import diagnosis, front


@front.get("")
@may("diagnosis.see")
def latest():
    """The diagnosis of the newest service period, for the navigation."""
    every = engagements()
    return redirect(url_for("diagnosis.show", number=every[0].number) if every else url_for("overview.workspace"))


@diagnosis.get("")
@may("diagnosis.see")
def show():
    every = diagnoses_of(g.engagement.id)
    if not every and g.access.may("diagnosis.edit"):
        return redirect(url_for(".new"))
    return _page(every)


@diagnosis.get("/runs/new")
@may("diagnosis.edit")
def new():
    return _new_page(_send_form(diagnoses_of(g.engagement.id)))


@diagnosis.post("/runs")
@may("diagnosis.edit")
def send():
    every = diagnoses_of(g.engagement.id)
    form = _send_form(every)
    if not form.validate():
        return _new_page(form), 422
    pack = pack_of(g.access.tenant_id)
    made = send_diagnosis(
        g.engagement,
        pack,
        keys=in_order(form.questionnaires.data),
        depth=Depth(form.depth.data),
        title=form.title.data,
        form_key=form.once.data,
        by=g.actor,
    )
    flash(_("「%(title)s」已发出，商家打开首页就能看到", title=made.title))
    return redirect(url_for(".show"))


@diagnosis.get("/questionnaires/<uuid:asked_id>")
@may("sheet.give")
def questionnaire(asked_id: UUID):
    return _questionnaire_page(*_asked_or_404(asked_id))


@diagnosis.post("/questionnaires/<uuid:asked_id>/sheet")
@may("sheet.fill")
def begin(asked_id: UUID):
    """One's own sheet; a consultant answers as one of the merchant's people instead."""
    asked, run = _asked_or_404(asked_id)
    refuse_published(run)
    sheet = begin_sheet(
        asked, user_id=current_user.user_id, name=current_user.user.name, role=g.access.role, by=g.actor
    )
    return redirect(url_for(".sheet", sheet_id=sheet.id))


@diagnosis.post("/questionnaires/<uuid:asked_id>/interview")
@may("sheet.proxy")
def interview(asked_id: UUID):
    """代填: the sheet of one of the merchant's people, or of somebody without an account."""
    asked, run = _asked_or_404(asked_id)
    refuse_published(run)
    people, form = _people(), InterviewForm()
    _fill_people(form, people)
    if not form.validate():
        return _questionnaire_page(asked, run, interview=form), 422
    whom = next(((member, user) for member, user in people if str(user.id) == form.who.data), None)
    if whom:
        member, user = whom
        sheet = begin_sheet(asked, user_id=user.id, name=user.name, role=member.role, by=g.actor)
    else:
        sheet = begin_sheet(asked, user_id=None, name=form.name.data, role=Role(form.role.data), by=g.actor)
    return redirect(url_for(".sheet", sheet_id=sheet.id))


def _new_page(form: SendForm) -> str:
    return render_template("diagnosis/new.html", form=form)


def _page(every: list[Diagnosis]) -> str:
    run = every[0] if every else None
    return render_template(
        "diagnosis/show.html",
        run=run,
        earlier=every[1:],
        tables=_tables(run) if run else [],
        may_edit=g.access.may("diagnosis.edit"),
        complete=run is not None and run.assessed_at is not None,
    )


def _tables(run: Diagnosis) -> list[dict]:
    """One for each questionnaire: its sections, the sheets of everybody, and what is the reader's own to do."""
    asked = asked_in(run.id)
    questionnaires, sheets, assignments = questionnaires_of(asked), sheets_in(run.id), assignments_in(run.id)
    return [
        _table(
            run,
            one,
            questionnaires[one.id],
            [sheet for sheet in sheets if sheet.asked_id == one.id],
            [assignment for assignment in assignments if assignment.asked_id == one.id],
        )
        for one in asked
    ]


def _table(run: Diagnosis, asked: AskedQuestionnaire, questionnaire, sheets, assignments) -> dict:
    shares = [Share(one.section, one.role, one.user_id) for one in assignments]
    rows = section_rows(questionnaire, assignments, sheets)
    own = next((sheet for sheet in sheets if sheet.user_id == current_user.user_id), None)
    role = own.role if own else g.access.role
    sections = sections_for(questionnaire, shares, role=role, user_id=current_user.user_id)
    return {
        "asked": asked,
        "minutes": questionnaire.minutes,
        "rows": rows,
        "complete": is_complete(rows),
        "own": own,
        "mine": bool(sections) and g.access.side is Side.MERCHANT and g.access.may("sheet.fill"),
        "standing": standing_of(questionnaire, sections, own.answers if own else {}, run.depth),
        "sheets": [(sheet, _standing(run, questionnaire, shares, sheet)) for sheet in sheets],
    }


def _standing(run: Diagnosis, questionnaire, shares, sheet):
    sections = sections_for(questionnaire, shares, role=sheet.role, user_id=sheet.user_id)
    return standing_of(questionnaire, sections, sheet.answers, run.depth)


def _questionnaire_page(asked: AskedQuestionnaire, run: Diagnosis, *, interview: InterviewForm | None = None) -> str:
    questionnaire = questionnaire_of(asked)
    assignments = [one for one in assignments_in(run.id) if one.asked_id == asked.id]
    form = interview or InterviewForm(formdata=None)
    _fill_people(form, _people())
    return render_template(
        "diagnosis/questionnaire.html",
        asked=asked,
        run=run,
        sections=[
            (section, suggested(section), [one for one in assignments if one.section == section.key])
            for section in questionnaire.sections
        ],
        form=form,
        faulty=interview,
    )


def _fill_people(form: InterviewForm, people) -> None:
    form.who.choices = [
        *(SelectChoice(str(user.id), f"{user.name}（{member.role.title}）") for member, user in people),
        SelectChoice("", _("没有账号的受访人")),
    ]


def _people() -> list:
    return [row for row in members_of(g.access.tenant_id) if row[0].role in ANSWERING]


def _send_form(every: list[Diagnosis]) -> SendForm:
    form = SendForm(title=_("期末诊断") if every else _("期初诊断"))
    questionnaires = pack_of(g.access.tenant_id).questionnaires
    keys = sendable(questionnaires)
    form.questionnaires.choices = [SelectChoice(key, questionnaires[key].title) for key in keys]
    if form.questionnaires.data is None:
        form.questionnaires.data = keys
    return form


def _asked_or_404(asked_id: UUID) -> tuple[AskedQuestionnaire, Diagnosis]:
    return asked_with(g.engagement.id, asked_id) or abort(404)
