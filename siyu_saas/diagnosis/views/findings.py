"""The diagnosis itself: scores, findings, advice, doubts; the consultant's hand on it, and the merchant's nod."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.diagnosis.actions.judging import (
    add_finding,
    confirm,
    draw_conclusions,
    hide,
    publish,
    refuse_sent,
    reword,
    show_again,
    take_back,
)
from siyu_saas.diagnosis.forms import FindingForm, HideForm
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.paper import DIAGNOSIS_PAPER, paper_data
from siyu_saas.diagnosis.queries.diagnoses import diagnosis_numbered, diagnosis_to_change, latest_diagnosis
from siyu_saas.diagnosis.queries.findings import finding_with, findings_of, is_shown
from siyu_saas.diagnosis.rules.comparison import compared
from siyu_saas.diagnosis.rules.findings import Severity, first_page
from siyu_saas.diagnosis.rules.kpis import measured
from siyu_saas.diagnosis.rules.result import unanswered
from siyu_saas.diagnosis.rules.team import Seat
from siyu_saas.diagnosis.rules.wording import module_titles
from siyu_saas.packs.library import pack
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.talk.views import thread_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.web.forms import refuse_stale

from .blueprints import diagnosis
from .charts import charts_of


@diagnosis.get("/findings")
@may("diagnosis.see")
def findings():
    run = latest_diagnosis(g.engagement.id, whole=True) or abort(404)
    return _page(run, FindingForm(formdata=None))


@diagnosis.get("/runs/<int:edition>")
@may("diagnosis.see")
def earlier(edition: int):
    run = diagnosis_numbered(g.engagement.id, edition) or abort(404)
    return _page(run, FindingForm(formdata=None))


@diagnosis.post("/conclusions")
@may("diagnosis.edit")
def conclude_now():
    """What the worker does after each sheet, at once."""
    run = _latest_to_change()
    refuse_sent(run)
    draw_conclusions(run, kpis=measured(g.engagement.id))
    flash(_("已按最新的答卷得出诊断"))
    return redirect(url_for(".findings"))


@diagnosis.post("/findings")
@may("diagnosis.edit")
def add():
    run, form = _latest_to_change(), FindingForm()
    refuse_sent(run)
    if not form.validate():
        return _page(run, form), 422
    add_finding(run, **_typed(form), by=g.actor)
    flash(_("已补充一条发现"))
    return redirect(url_for(".findings"))


@diagnosis.get("/findings/<uuid:finding_id>")
@may("diagnosis.see")
def finding(finding_id: UUID):
    return _finding_page(*_finding_or_404(finding_id))


@diagnosis.post("/findings/<uuid:finding_id>")
@may("diagnosis.edit")
def change(finding_id: UUID):
    row, run = _finding_or_404(finding_id)
    refuse_sent(run)
    form = FindingForm()
    if not form.validate():
        return _finding_page(row, run, form=form), 422
    refuse_stale(form, FindingForm(formdata=None, obj=row), back=url_for(".finding", finding_id=row.id))
    reword(row, **_typed(form), by=g.actor)
    flash(_("已保存"))
    return redirect(url_for(".findings"))


@diagnosis.post("/findings/<uuid:finding_id>/hiding")
@may("diagnosis.edit")
def put_away(finding_id: UUID):
    row, run = _finding_or_404(finding_id)
    refuse_sent(run)
    form = HideForm()
    if not form.validate():
        return _finding_page(row, run, hiding=form), 422
    hide(row, reason=form.reason.data, by=g.actor)
    flash(_("商家不会看到这一条，原因已记下"))
    return redirect(url_for(".findings"))


@diagnosis.post("/findings/<uuid:finding_id>/hiding/removal")
@may("diagnosis.edit")
def bring_back(finding_id: UUID):
    row, run = _finding_or_404(finding_id)
    refuse_sent(run)
    show_again(row, by=g.actor)
    flash(_("已恢复显示"))
    return redirect(url_for(".findings"))


@diagnosis.post("/paper")
@may("diagnosis.see")
def print_diagnosis():
    """What the merchant sees, on paper; before it is sent only the team may print it."""
    run = latest_diagnosis(g.engagement.id, whole=True) or abort(404)
    edits = g.access.may("diagnosis.edit")
    if run.result is None or (run.published_at is None and not edits):
        abort(404)
    shown = [one for one in findings_of(run.id) if one.hidden_at is None]
    firm = firm_with(g.access.firm_id).name
    ask_for_paper(
        DIAGNOSIS_PAPER,
        g.engagement.id,
        run.id,
        run.title,
        paper_data(run, shown, _before(run), merchant=g.access.name, firm=firm),
        by=g.actor,
        edition=_("草稿") if run.published_at is None else "",
        team_only=run.published_at is None,
    )
    return redirect(url_for(".findings") + "#paper")


@diagnosis.post("/publication")
@may("diagnosis.edit")
def send_to_merchant():
    publish(_latest_to_change(), by=g.actor)
    flash(_("诊断已发给商家，等店主确认"))
    return redirect(url_for(".findings"))


@diagnosis.post("/publication/removal")
@may("diagnosis.edit")
def withdraw():
    take_back(_latest_to_change(), by=g.actor)
    flash(_("已收回，改好后再发一次"))
    return redirect(url_for(".findings"))


@diagnosis.post("/confirmation")
@may("diagnosis.confirm")
def nod():
    confirm(_latest_to_change(), by=g.actor)
    flash(_("已确认诊断，接下来一起定目标"))
    return redirect(url_for(".findings"))


def _page(run: Diagnosis, form: FindingForm) -> str:
    edits = g.access.may("diagnosis.edit")
    if run.published_at is None and not edits:
        return render_template("diagnosis/waiting.html", run=run)
    found = findings_of(run.id) if run.result else []
    shown = [one for one in found if one.hidden_at is None]
    first, rest = first_page(shown, key=lambda one: tuple(one.modules) or one.proposal or one.id)
    before = _before(run)
    result = run.result or {}
    return render_template(
        "diagnosis/findings.html",
        run=run,
        result=result,
        charts=charts_of(result, before.result if before else None),
        unanswered=unanswered(result) if result else [],
        compared=compared(before.result, result) if before and before.result and result else [],
        before=before,
        seats=[Seat(**seat) for seat in run.seats],
        first=first,
        rest=rest,
        modules=_modules_by_finding(run, found),
        hidden=[one for one in found if one.hidden_at is not None] if edits else [],
        edits=edits,
        form=form,
        **paper_context(DIAGNOSIS_PAPER, run.id),
    )


def _modules_by_finding(run: Diagnosis, found: list[Finding]) -> dict[UUID, list[str]]:
    content = pack(run.pack)
    return {one.id: module_titles(one.modules, content) for one in found}


def _before(run: Diagnosis) -> Diagnosis | None:
    return diagnosis_numbered(run.engagement_id, run.number - 1) if run.number > 1 else None


def _finding_page(
    row: Finding, run: Diagnosis, *, form: FindingForm | None = None, hiding: HideForm | None = None
) -> str:
    return render_template(
        "diagnosis/finding.html",
        finding=row,
        run=run,
        modules=module_titles(row.modules, pack(run.pack)),
        edits=g.access.may("diagnosis.edit"),
        form=form or FindingForm(formdata=None, obj=row, severity=row.severity.value),
        hiding=hiding or HideForm(formdata=None),
        **thread_context("finding", row.id, team_only=not is_shown(row, run)),
    )


def _typed(form: FindingForm) -> dict:
    return {
        "problem": form.problem.data,
        "proposal": form.proposal.data or "",
        "severity": Severity(form.severity.data),
    }


def _latest_to_change() -> Diagnosis:
    run = latest_diagnosis(g.engagement.id) or abort(404)
    return diagnosis_to_change(run.id)


def _finding_or_404(finding_id: UUID) -> tuple[Finding, Diagnosis]:
    """What is hidden, or not yet sent, does not exist for the merchant."""
    found = finding_with(g.engagement.id, finding_id) or abort(404)
    row, run = found
    if not g.access.may("diagnosis.edit") and not is_shown(row, run):
        abort(404)
    return row, run
