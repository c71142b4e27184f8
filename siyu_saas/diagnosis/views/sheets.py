"""Answering: section by section, from any device, with or without script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.clock import SHANGHAI, now
from siyu_saas.core.database import end_reading
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import later
from siyu_saas.core.services import services
from siyu_saas.diagnosis.actions.answering import (
    Item,
    Receipt,
    SheetLocked,
    StillOpen,
    receive,
    refuse_published,
    reopen_sheet,
    submit_sheet,
)
from siyu_saas.diagnosis.jobs import conclude
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis, Sheet
from siyu_saas.diagnosis.queries.assignments import shares_of
from siyu_saas.diagnosis.queries.diagnoses import questionnaire_of, questionnaires_by_id
from siyu_saas.diagnosis.queries.sheets import other_values, sheet_to_save, sheet_with
from siyu_saas.diagnosis.rules.answers import FILE_GAP
from siyu_saas.diagnosis.rules.asking import neighbours, sections_for, standing_of, steps_of
from siyu_saas.diagnosis.rules.showing import ROW_MARK, asked_elsewhere, shown_section
from siyu_saas.diagnosis.rules.visibility import visible_questions
from siyu_saas.diagnosis.rules.wording import echo, said
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import clean_text

from .blueprints import diagnosis

CLIENT = re.compile(r"[\x21-\x39\x3b-\x7e]{1,64}")  # a colon marks the server's own
NAME = re.compile(r"[\x21-\x7e]{1,60}")
LARGEST_SEQ = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet with everything around it; `sections` are those that are its person's."""

    sheet: Sheet
    asked: AskedQuestionnaire
    run: Diagnosis
    questionnaire: Any
    sections: list[str]
    reader_id: UUID

    @property
    def steps(self) -> list[Any]:
        return steps_of(self.questionnaire, self.sections, self.sheet.answers)

    @property
    def standing(self):
        return standing_of(self.questionnaire, self.sections, self.sheet.answers, self.run.depth)

    @property
    def by_proxy(self) -> bool:
        return self.sheet.user_id != self.reader_id


@diagnosis.get("/sheets/<uuid:sheet_id>")
@may("sheet.fill")
def sheet(sheet_id: UUID):
    """Where one goes on: the first section with an open question, or the review."""
    opened = _opened(sheet_id)
    first = opened.standing.first_open
    if opened.sheet.submitted_at or first is None:
        return redirect(url_for(".review", sheet_id=sheet_id))
    return redirect(_address(opened, first))


@diagnosis.get("/sheets/<uuid:sheet_id>/<int:place>")
@may("sheet.fill")
def section(sheet_id: UUID, place: int):
    opened = _opened(sheet_id)
    if opened.sheet.submitted_at:
        return redirect(url_for(".review", sheet_id=sheet_id))
    return _section_page(opened, _step(opened, place))


@diagnosis.post("/sheets/<uuid:sheet_id>/<int:place>")
@may("sheet.fill")
def save(sheet_id: UUID, place: int):
    """The whole section at once; also how a browser without script saves."""
    uploads = _uploaded(sheet_id, place) if any(one.filename for one in request.files.values()) else {}
    opened = _opened(sheet_id, to_change=True)
    step = _step(opened, place)
    typed = _typed(step, uploads, opened.sheet.answers)
    before = set(visible_questions(opened.questionnaire, opened.sheet.answers))
    receipt = receive(
        opened.sheet,
        _by_key(step.questions),
        [Item(name, tuple(texts), _seq_of_form()) for name, texts in typed.items()],
        client=f"form:{current_user.user_id}",
        proxy=opened.by_proxy,
        by=g.actor,
    )
    if receipt.errors:
        return _section_page(opened, step, typed=typed, errors=receipt.errors), 422
    return redirect(_next_address(opened, step, before))


@diagnosis.post("/sheets/<uuid:sheet_id>/answers")
@may("sheet.fill")
def autosave(sheet_id: UUID):
    """JSON from the outbox of a device: `{client, items: [{name, value: [text], seq}]}`."""
    found = sheet_to_save(g.engagement.id, sheet_id)
    if found is None or not _may_open(found[0]):
        abort(404)
    client, items = _items_of(_sent())
    row, asked_id, digest = found
    questions = _by_key(questionnaires_by_id({asked_id: digest})[asked_id].questions)
    receipt = receive(row, questions, items, client=client, proxy=row.user_id != current_user.user_id, by=g.actor)
    return jsonify(_told(receipt, row, questions, items))


@diagnosis.get("/sheets/<uuid:sheet_id>/review")
@may("sheet.fill")
def review(sheet_id: UUID):
    return _review_page(_opened(sheet_id))


@diagnosis.post("/sheets/<uuid:sheet_id>/submission")
@may("sheet.fill")
def submit(sheet_id: UUID):
    opened = _opened(sheet_id, to_change=True)
    refuse_published(opened.run)
    try:
        submit_sheet(opened.sheet, opened.asked, sections=opened.sections, left=opened.standing.left, by=g.actor)
    except StillOpen as still:
        return _review_page(opened, still.questions), still.status
    later(conclude, diagnosis_id=str(opened.run.id))
    flash(_("已提交，顾问会在 1 个工作日内回复诊断"))
    return redirect(url_for(".review", sheet_id=sheet_id))


@diagnosis.post("/sheets/<uuid:sheet_id>/reopening")
@may("sheet.fill")
def reopen(sheet_id: UUID):
    opened = _opened(sheet_id, to_change=True)
    refuse_published(opened.run)
    again = reopen_sheet(opened.sheet, opened.asked, by=g.actor)
    flash(_("已重新打开，改好后再提交一次；之前提交的一版仍然保留"))
    return redirect(url_for(".review", sheet_id=again.id))


@diagnosis.errorhandler(SheetLocked)
def show_locked(locked: SheetLocked):
    """A device that was still writing is told by JSON; a person sees the sheet as it is now."""
    if request.is_json:
        return jsonify(title=str(locked), locked=True), locked.status
    return _review_page(_opened(request.view_args["sheet_id"]), locked=str(locked)), locked.status


def _section_page(opened: Opened, step, *, typed=None, errors: Mapping[str, str] | None = None) -> str:
    sheet, questionnaire, steps, standing = opened.sheet, opened.questionnaire, opened.steps, opened.standing
    before, after = neighbours(steps, step.key)
    shown = shown_section(
        questionnaire,
        step,
        sheet.answers,
        depth=opened.run.depth,
        typed=typed,
        errors=errors,
        proxied=sheet.proxied,
    )
    asked_here = [one for one in shown if not one.hidden and one.question.type != "note"]
    done_here = sum(one.done for one in asked_here)
    return render_template(
        "diagnosis/section.html",
        opened=opened,
        step=step,
        place=steps.index(step) + 1,
        steps=steps,
        before=before,
        after=after,
        standing=standing,
        shown=shown,
        errors=[(one, line) for one in shown for line in _faults(one)],
        elsewhere=asked_elsewhere(questionnaire, step, sheet.answers),
        done_elsewhere=standing.done - done_here,
        total_elsewhere=standing.total - len(asked_here),
        has_files=any(question.type == "file" for question in step.questions),
        save_url=_address(opened, step.key),
    )


def _faults(shown) -> list[tuple[str, str]]:
    """Pairs of the input's name and what is wrong with it."""
    own = [(shown.question.key, shown.error)] if shown.error else []
    return own + [(line.name, line.error) for line in shown.lines if line.error]


def _review_page(opened: Opened, left=(), locked: str | None = None) -> str:
    answers = opened.sheet.answers
    visible = visible_questions(opened.questionnaire, answers)
    parts = [
        (
            section,
            None if opened.sheet.submitted_at else _address(opened, section.key),
            [
                (question, said(question, answers.get(question.key)), question.key in opened.sheet.proxied)
                for question in section.questions
                if question.key in visible and question.type != "note"
            ],
        )
        for section in opened.steps
    ]
    history: dict[str, list] = {}
    for row in other_values(opened.sheet.id, list(visible)):
        history.setdefault(row.question, []).append((row, said(visible[row.question], row.value)))
    return render_template(
        "diagnosis/review.html",
        opened=opened,
        standing=opened.standing,
        parts=parts,
        left=set(left),
        history=history,
        locked=locked,
    )


def _opened(sheet_id: UUID, *, to_change: bool = False) -> Opened:
    found = sheet_with(g.engagement.id, sheet_id, to_change=to_change)
    if found is None or not _may_open(found[0]):
        abort(404)
    row, asked, run = found
    questionnaire = questionnaire_of(asked)
    sections = (
        row.sections
        if row.submitted_at
        else sections_for(questionnaire, shares_of(asked.id), role=row.role, user_id=row.user_id)
    )
    return Opened(row, asked, run, questionnaire, sections, current_user.user_id)


def _may_open(row: Sheet) -> bool:
    return row.user_id == current_user.user_id or g.access.may("sheet.proxy")


def _step(opened: Opened, place: int):
    steps = opened.steps
    return steps[place - 1] if 0 < place <= len(steps) else abort(404)


def _address(opened: Opened, key: str) -> str:
    keys = [step.key for step in opened.steps]
    return url_for(".section", sheet_id=opened.sheet.id, place=keys.index(key) + 1)


def _next_address(opened: Opened, step, before: set[str]) -> str:
    """On, back, or the same section again when an answer brought further questions that have not been seen yet."""
    new = set(visible_questions(opened.questionnaire, opened.sheet.answers)) - before
    scripted = request.form.get("scripted") == "1"
    if not scripted and any(question.key in new for question in step.questions):
        flash(_("根据你的回答，这一节多了几道题"))
        return _address(opened, step.key)
    earlier, following = neighbours(opened.steps, step.key)
    go = request.form.get("go")
    if go == "back" and earlier is not None:
        return _address(opened, earlier.key)
    if go == "stay":
        return url_for(".show")
    return _address(opened, following.key) if following else url_for(".review", sheet_id=opened.sheet.id)


def _typed(step, uploads: Mapping[str, list[str]], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form says of every input of the section; a question that sent nothing says that it is empty."""
    typed: dict[str, list[str]] = {}
    for question in step.questions:
        if question.type == "matrix":
            for row in question.rows:
                name = f"{question.key}{ROW_MARK}{row.key}"
                typed[name] = request.form.getlist(name)
        elif question.type == "file":
            kept = [
                one
                for one in answers.get(question.key) or []
                if one not in request.form.getlist(f"{question.key}-remove")
            ]
            typed[question.key] = kept + uploads.get(question.key, [])
        elif question.type != "note":
            typed[question.key] = [clean_text(text) or "" for text in request.form.getlist(question.key)]
    return typed


def _uploaded(sheet_id: UUID, place: int) -> dict[str, list[str]]:
    """Files become rows of the workspace first; their answers name them."""
    opened = _opened(sheet_id)
    keys = {question.key for question in _step(opened, place).questions if question.type == "file"}
    refuse_published(opened.run)
    stored: dict[str, list[str]] = {}
    for key in keys:
        for upload in request.files.getlist(key):
            if upload.filename:
                end_reading()
                with accept(upload.stream, upload.filename) as accepted:
                    file = add_file(
                        accepted,
                        engagement_id=g.engagement.id,
                        form_key=new_id().hex,
                        storage=services().storage,
                        by=g.actor,
                    )
                stored.setdefault(key, []).append(f"{file.id}{FILE_GAP}{file.name}")
    return stored


def _sent() -> Any:
    """None for what is no JSON, or so deep that nobody can read it."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _items_of(sent: Any) -> tuple[str, list[Item]]:
    """Anything but what the outbox sends is a 422."""
    try:
        client = sent["client"]
        items = [
            Item(one["name"], tuple(clean_text(str.strip(text)) for text in one["value"]), one["seq"])
            for one in sent["items"]
        ]
        fine = CLIENT.fullmatch(client) and all(
            type(one.seq) is int and 0 < one.seq <= LARGEST_SEQ and NAME.fullmatch(one.name) for one in items
        )
    except (TypeError, KeyError, AttributeError):
        abort(422)
    return (client, items) if fine else abort(422)


def _told(receipt: Receipt, row: Sheet, questions: Mapping[str, Any], items: list[Item]) -> dict[str, Any]:
    echoes = {key: echo(questions[key], row.answers.get(key)) for key in receipt.changed}
    return {
        "seq": max((item.seq for item in items), default=0),
        "at": now().astimezone(SHANGHAI).strftime("%H:%M"),
        "errors": receipt.errors,
        "echo": {key: text for key, text in echoes.items() if text},
    }


def _by_key(questions) -> dict[str, Any]:
    return {question.key: question for question in questions}


def _seq_of_form() -> int:
    """Forms are numbered by the server's clock: a later one counts."""
    return int(now().timestamp() * 1000)
