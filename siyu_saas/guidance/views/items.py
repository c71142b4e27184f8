"""One item: its standard first, then the evidence, then why and how; submitting, reviewing."""

from __future__ import annotations

from contextlib import ExitStack
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.database import end_reading
from siyu_saas.core.files.content import accept as accept_file
from siyu_saas.core.files.errors import FileRefused
from siyu_saas.core.services import services
from siyu_saas.guidance.actions.items import (
    accept,
    drop_evidence,
    give_evidence,
    reopen,
    send_back,
    show_examples,
    submit,
    take_back,
    waive,
)
from siyu_saas.guidance.forms.items import EvidenceForm, ExamplesForm, ReasonForm, ReturnForm
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.queries.items import (
    checklist_title,
    criteria_of_item,
    evidence_of,
    evidence_with,
    item_to_change,
    item_with,
    reviews_of,
)
from siyu_saas.guidance.rules.states import OPEN, ItemState, turn_of
from siyu_saas.talk.views import thread_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import refuse_stale

from .blueprints import guidance

SUBMIT = "submit"


@guidance.get("/items/<uuid:item_id>")
@may("item.see")
def item(item_id: UUID):
    return _page(_item_or_404(item_id))


@guidance.post("/items/<uuid:item_id>/evidence")
@may("item.work")
def add_evidence(item_id: UUID):
    """With `then=submit` it is given and submitted by the same tap."""
    row = _item_or_404(item_id)
    criteria = criteria_of_item(row.id)
    form = EvidenceForm().offer(criteria)
    if not form.validate():
        return _page(row, form), 422
    end_reading()
    with ExitStack() as opened:
        try:
            files = [opened.enter_context(accept_file(file.stream, file.filename)) for file in form.chosen]
        except FileRefused as refused:
            form.files.errors = [str(refused)]
            return _page(row, form), refused.status
        row = _to_change(item_id)
        given = give_evidence(
            row,
            criterion=next((one for one in criteria if str(one.position) == form.criterion.data), None),
            files=files,
            address=form.address.data or "",
            note=form.note.data or "",
            form_key=form.once.data,
            storage=services().storage,
            by=g.actor,
        )
    if row.state not in OPEN:  # the same form came before, and its answer was lost
        return _submitted(row)
    if form.then.data == SUBMIT:
        return _submit(row)
    flash(_("已保存 %(count)s 份证据，还没有提交", count=len(given)) if given else _("没有新的证据"))
    return redirect(url_for(".item", item_id=item_id))


@guidance.post("/items/<uuid:item_id>/submission")
@may("item.work")
def send(item_id: UUID):
    return _submit(_to_change(item_id))


@guidance.post("/items/<uuid:item_id>/submission/removal")
@may("item.work")
def withdraw(item_id: UUID):
    take_back(_to_change(item_id), by=g.actor)
    flash(_("已撤回，补充后再提交"))
    return redirect(url_for(".item", item_id=item_id))


@guidance.post("/items/<uuid:item_id>/evidence/<uuid:evidence_id>/removal")
@may("item.work")
def remove_evidence(item_id: UUID, evidence_id: UUID):
    row = _to_change(item_id)
    drop_evidence(evidence_with(evidence_id, row.id) or abort(404), row, by=g.actor)
    flash(_("证据已删除"))
    return redirect(url_for(".item", item_id=item_id))


@guidance.post("/items/<uuid:item_id>/acceptance")
@may("item.review")
def pass_item(item_id: UUID):
    row = _to_change(item_id)
    accept(row, by=g.actor)
    return _reviewed(row, _("「%(title)s」已通过", title=row.title))


@guidance.post("/items/<uuid:item_id>/return")
@may("item.review")
def return_item(item_id: UUID):
    row = _to_change(item_id)
    form = ReturnForm().offer(criteria_of_item(row.id))
    if not form.validate():
        return _page(row, returning=form), 422
    send_back(row, reason=form.reason.data, unmet={int(place) for place in form.unmet.data}, by=g.actor)
    return _reviewed(row, _("「%(title)s」已退回", title=row.title))


@guidance.post("/items/<uuid:item_id>/waiver")
@may("item.review")
def leave_out(item_id: UUID):
    row, form = _to_change(item_id), ReasonForm()
    if not form.validate():
        return _page(row, waiving=form), 422
    waive(row, reason=form.reason.data, by=g.actor)
    flash(_("已标为不适用"))
    return redirect(url_for(".item", item_id=item_id))


@guidance.post("/items/<uuid:item_id>/reopening")
@may("item.review")
def open_again(item_id: UUID):
    reopen(_to_change(item_id), by=g.actor)
    flash(_("已重新打开"))
    return redirect(url_for(".item", item_id=item_id))


@guidance.post("/items/<uuid:item_id>/examples")
@may("item.review")
def explain(item_id: UUID):
    row, form = _to_change(item_id), ExamplesForm()
    if not form.validate():
        return _page(row), 422
    refuse_stale(form, ExamplesForm(formdata=None, obj=row), back=url_for(".item", item_id=row.id))
    show_examples(row, good=form.good.data or "", bad=form.bad.data or "", by=g.actor)
    flash(_("范例已保存"))
    return redirect(url_for(".item", item_id=item_id))


def _submit(row: Item):
    """What the team does itself needs nobody's review."""
    submit(row, by=g.actor)
    if row.side is Side.FIRM and g.access.may("item.review"):
        accept(row, by=g.actor)
    return _submitted(row)


def _submitted(row: Item):
    flash(_("已提交，等顾问验收") if row.state is ItemState.SUBMITTED else _("已完成"))
    return redirect(url_for(".item", item_id=row.id))


def _reviewed(row: Item, said: str):
    """From the queue only the row itself is swapped."""
    if request.headers.get("HX-Request"):
        return render_template("guidance/_reviewed.html", said=said, title=row.title)
    flash(said)
    return redirect(url_for(".item", item_id=row.id))


def _page(row: Item, form: EvidenceForm | None = None, *, returning=None, waiving=None) -> str:
    criteria, evidence = criteria_of_item(row.id), evidence_of(row.id)
    preparing = row.round + 1 if row.state in OPEN else row.round
    return render_template(
        "guidance/item.html",
        item=row,
        checklist=checklist_title(row.checklist_id),
        criteria=criteria,
        now=[one for one in evidence if one.round == preparing],
        before=[one for one in evidence if one.round < preparing],
        reviews=reviews_of(row.id) if row.round else [],
        turn=turn_of(row.state, row.side),
        may_work=g.access.may("item.work") and row.state in OPEN,
        may_review=g.access.may("item.review") and row.state is ItemState.SUBMITTED,
        form=form or EvidenceForm(formdata=None).offer(criteria),
        returning=returning or ReturnForm(formdata=None).offer(criteria),
        examples=ExamplesForm(formdata=None, obj=row),
        waiving=waiving or ReasonForm(formdata=None),
        **thread_context("item", row.id),
    )


def _item_or_404(item_id: UUID) -> Item:
    return item_with(item_id, g.engagement.id) or abort(404)


def _to_change(item_id: UUID) -> Item:
    return item_to_change(item_id, g.engagement.id) or abort(404)
