"""Answering: section by section, from any device, with or without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.services import services
from siyu_saas.diagnosis.actions.answering import Item, receive, refuse_published
from siyu_saas.diagnosis.queries.sheets import received_from
from siyu_saas.diagnosis.rules.answers import FILE_GAP
from siyu_saas.diagnosis.rules.asking import neighbours
from siyu_saas.diagnosis.rules.showing import ROW_MARK, asked_elsewhere, shown_section
from siyu_saas.diagnosis.rules.visibility import visible_questions
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import clean_text

from .blueprints import diagnosis
from .opened import Opened, address_of, by_key, opened_or_404, step_or_404


@diagnosis.get("/sheets/<uuid:sheet_id>")
@may("sheet.fill")
def sheet(sheet_id: UUID):
    """Where one goes on: the first section with an open question, or the review."""
    opened = opened_or_404(sheet_id)
    first = opened.standing.first_open
    if opened.sheet.submitted_at or first is None:
        return redirect(url_for(".review", sheet_id=sheet_id))
    return redirect(address_of(opened, first))


@diagnosis.get("/sheets/<uuid:sheet_id>/<int:place>")
@may("sheet.fill")
def section(sheet_id: UUID, place: int):
    opened = opened_or_404(sheet_id)
    if opened.sheet.submitted_at:
        return redirect(url_for(".review", sheet_id=sheet_id))
    return _section_page(opened, step_or_404(opened, place))


@diagnosis.post("/sheets/<uuid:sheet_id>/<int:place>")
@may("sheet.fill")
def save(sheet_id: UUID, place: int):
    """The whole section at once; also how a browser without script saves."""
    uploads = _uploaded(sheet_id, place) if any(one.filename for one in request.files.values()) else {}
    opened = opened_or_404(sheet_id, to_change=True)
    step = _written_in(opened, place)
    typed = _typed(step, uploads, opened.sheet.answers)
    before, client = set(visible_questions(opened.questionnaire, opened.sheet.answers)), f"form:{current_user.user_id}"
    receipt = receive(
        opened.sheet,
        by_key(step.questions),
        [Item(name, tuple(texts), _seq_of_form()) for name, texts in typed.items()],
        client=client,
        before=received_from(sheet_id, client, list(typed)),
        proxy=opened.by_proxy,
        by=g.actor,
    )
    if receipt.errors:
        return _section_page(opened, step, typed=typed, errors=receipt.errors), 422
    return redirect(_next_address(opened, step, before))


def _written_in(opened: Opened, place: int):
    """Named by the form: while somebody writes, sections are given away or hidden, and another one stands at this place."""
    key = request.form.get("section")
    named = next((one for one in opened.questionnaire.sections if one.key == key), None)
    return named or step_or_404(opened, place)


def _section_page(opened: Opened, step, *, typed=None, errors: Mapping[str, str] | None = None) -> str:
    sheet, questionnaire, standing = opened.sheet, opened.questionnaire, opened.standing
    steps = opened.steps if step in opened.steps else [*opened.steps, step]
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
        save_url=url_for(".section", sheet_id=sheet.id, place=steps.index(step) + 1),
    )


def _faults(shown) -> list[tuple[str, str]]:
    """Pairs of the input's name and what is wrong with it."""
    own = [(shown.question.key, shown.error)] if shown.error else []
    return own + [(line.name, line.error) for line in shown.lines if line.error]


def _next_address(opened: Opened, step, before: set[str]) -> str:
    """On, back, or the same section again when an answer brought further questions that have not been seen yet."""
    if step not in opened.steps:
        flash(_("「%(title)s」已经不在你要答的部分，你填的都还保留着", title=step.title))
        return url_for(".sheet", sheet_id=opened.sheet.id)
    new = set(visible_questions(opened.questionnaire, opened.sheet.answers)) - before
    scripted = request.form.get("scripted") == "1"
    if not scripted and any(question.key in new for question in step.questions):
        flash(_("根据你的回答，这一节多了几道题"))
        return address_of(opened, step.key)
    earlier, following = neighbours(opened.steps, step.key)
    go = request.form.get("go")
    if go == "back" and earlier is not None:
        return address_of(opened, earlier.key)
    if go == "stay":
        return url_for(".show")
    return address_of(opened, following.key) if following else url_for(".review", sheet_id=opened.sheet.id)


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
    opened = opened_or_404(sheet_id)
    keys = {question.key for question in _written_in(opened, place).questions if question.type == "file"}
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


def _seq_of_form() -> int:
    """Forms are numbered by the server's clock: a later one counts."""
    return int(now().timestamp() * 1000)
