"""持久答疑: question, owner, due day, answer, frequently asked, the firm's library."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.aftercare.actions import answer_question, ask_question, take_question
from siyu_saas.aftercare.forms import AnswerForm, QuestionForm
from siyu_saas.aftercare.models import Inquiry
from siyu_saas.aftercare.queries import answered_questions, inquiries_page, inquiry_with
from siyu_saas.aftercare.rules.inquiries import days_late, similar
from siyu_saas.core.clock import today
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale
from siyu_saas.web.paging import asked_page

from .blueprints import aftercare

PAGE_SIZE = 30


@aftercare.get("/inquiries")
@may("aftercare.see")
def inquiries():
    return _page(QuestionForm(formdata=None))


@aftercare.post("/inquiries")
@may("inquiry.ask")
def ask_inquiry():
    form = QuestionForm()
    if not form.validate():
        return _page(form), 422
    row = ask_question(
        form.question.data, engagement_id=g.engagement.id, on=today(), form_key=form.once.data, by=g.actor
    )
    flash(_("问题已记下，顾问会在 %(day)s 前答复", day=row.due_on.isoformat()))
    return redirect(url_for(".inquiry", inquiry_id=row.id))


@aftercare.get("/inquiries/<uuid:inquiry_id>")
@may("aftercare.see")
def inquiry(inquiry_id: UUID):
    row = _row_or_404(inquiry_id)
    return _inquiry_page(row, AnswerForm(formdata=None, obj=row))


@aftercare.post("/inquiries/<uuid:inquiry_id>/owner")
@may("inquiry.answer")
def take_inquiry(inquiry_id: UUID):
    take_question(_row_or_404(inquiry_id), by=g.actor)
    flash(_("由你来答"))
    return redirect(url_for(".inquiry", inquiry_id=inquiry_id))


@aftercare.post("/inquiries/<uuid:inquiry_id>/answer")
@may("inquiry.answer")
def answer_inquiry(inquiry_id: UUID):
    row, form = _row_or_404(inquiry_id), AnswerForm()
    if not form.validate():
        return _inquiry_page(row, form), 422
    refuse_stale(form, AnswerForm(formdata=None, obj=row), back=url_for(".inquiry", inquiry_id=row.id))
    answer_question(
        row,
        form.answer.data,
        in_faq=form.in_faq.data,
        in_library=form.in_library.data,
        firm_id=g.access.firm_id,
        by=g.actor,
    )
    flash(_("已答复"))
    return redirect(url_for(".inquiry", inquiry_id=inquiry_id))


def _row_or_404(inquiry_id: UUID) -> Inquiry:
    row = inquiry_with(inquiry_id)
    return row if row is not None and row.engagement_id == g.engagement.id else abort(404)


def _page(form: QuestionForm) -> str:
    page, faq = asked_page(), request.args.get("faq") == "1"
    rows = inquiries_page(g.engagement.id, faq=faq, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    day = today()
    return render_template(
        "aftercare/inquiries.html",
        rows=[(row, days_late(row.due_on, day, answered=row.answered_at is not None)) for row in rows[:PAGE_SIZE]],
        more=len(rows) > PAGE_SIZE,
        page=page,
        faq=faq,
        form=form,
    )


def _inquiry_page(row: Inquiry, form: AnswerForm) -> str:
    answers = g.access.may("inquiry.answer")
    offered = similar(row.question, answered_questions(g.access.firm_id, but=row.id)) if answers else []
    return render_template(
        "aftercare/inquiry.html",
        row=row,
        form=form,
        offered=offered,
        late=days_late(row.due_on, today(), answered=row.answered_at is not None),
    )
