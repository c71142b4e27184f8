"""A sheet read through, submitted, and reopened."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.queue import later
from siyu_saas.diagnosis.actions.answering import (
    SheetLocked,
    StillOpen,
    refuse_published,
    reopen_sheet,
    submit_sheet,
)
from siyu_saas.diagnosis.jobs import conclude
from siyu_saas.diagnosis.queries.sheets import other_values
from siyu_saas.diagnosis.rules.visibility import visible_questions
from siyu_saas.diagnosis.rules.wording import said
from siyu_saas.tenants.guards import may

from .blueprints import diagnosis
from .opened import Opened, address_of, opened_or_404


@diagnosis.get("/sheets/<uuid:sheet_id>/review")
@may("sheet.fill")
def review(sheet_id: UUID):
    return review_page(opened_or_404(sheet_id))


@diagnosis.post("/sheets/<uuid:sheet_id>/submission")
@may("sheet.fill")
def submit(sheet_id: UUID):
    opened = opened_or_404(sheet_id, to_change=True)
    refuse_published(opened.run)
    try:
        submit_sheet(opened.sheet, opened.asked, sections=opened.sections, left=opened.standing.left, by=g.actor)
    except StillOpen as still:
        return review_page(opened, still.questions), still.status
    later(conclude, diagnosis_id=str(opened.run.id))
    flash(_("已提交，顾问会在 1 个工作日内回复诊断"))
    return redirect(url_for(".review", sheet_id=sheet_id))


@diagnosis.post("/sheets/<uuid:sheet_id>/reopening")
@may("sheet.fill")
def reopen(sheet_id: UUID):
    opened = opened_or_404(sheet_id, to_change=True)
    refuse_published(opened.run)
    again = reopen_sheet(opened.sheet, opened.asked, by=g.actor)
    flash(_("已重新打开，改好后再提交一次；之前提交的一版仍然保留"))
    return redirect(url_for(".review", sheet_id=again.id))


@diagnosis.errorhandler(SheetLocked)
def show_locked(locked: SheetLocked):
    """The sheet as it is now."""
    return review_page(opened_or_404(request.view_args["sheet_id"]), locked=str(locked)), locked.status


def review_page(opened: Opened, left=(), locked: str | None = None) -> str:
    answers = opened.sheet.answers
    visible = visible_questions(opened.questionnaire, answers)
    parts = [
        (
            section,
            None if opened.sheet.submitted_at else address_of(opened, section.key),
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
        if row.value != answers.get(row.question):
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
