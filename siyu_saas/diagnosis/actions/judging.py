"""From answers to findings, and what a consultant makes of them before the merchant nods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.queries.diagnoses import asked_in, questionnaires_of
from siyu_saas.diagnosis.queries.findings import findings_of
from siyu_saas.diagnosis.queries.sheets import submitted_in
from siyu_saas.diagnosis.rules.asking import respondent_of
from siyu_saas.diagnosis.rules.assessment import Asked, Assessment, assess
from siyu_saas.diagnosis.rules.definitions import thawed_recommenders, thawed_rules
from siyu_saas.diagnosis.rules.findings import Fired, Severity, Source
from siyu_saas.diagnosis.rules.respondents import Voice
from siyu_saas.diagnosis.rules.result import as_data, evidence_of
from siyu_saas.diagnosis.rules.team import Seat


def draw_conclusions(diagnosis: Diagnosis, *, kpis: Mapping[str, Decimal]) -> Assessment:
    """Scores, findings and advice from what was submitted so far. Running it again changes only what answers changed.

    Wording, hiding and findings of a consultant stay; a rule that no longer fires goes unless somebody worked on it.
    """
    asked = asked_in(diagnosis.id)
    questionnaires, sheets = questionnaires_of(asked), submitted_in(diagnosis.id)
    heard = [_heard(questionnaires[one.id], [sheet for sheet in sheets if sheet.asked_id == one.id]) for one in asked]
    questions = {
        question.key: question
        for questionnaire in questionnaires.values()
        for section in questionnaire.sections
        for question in section.questions
    }
    seats = [Seat(**seat) for seat in diagnosis.seats]
    recommenders = thawed_recommenders(diagnosis.rules["recommenders"])
    rules = thawed_rules(diagnosis.rules["findings"])
    assessment = assess(heard, rules, recommenders, kpis=kpis, seats=seats)
    diagnosis.result = as_data(assessment, questions, recommenders, names=_names(questionnaires.values()))
    diagnosis.refused, diagnosis.assessed_at = not assessment.consents, now()
    _keep_findings(diagnosis, assessment, questions, kpis)
    db.session.flush()
    return assessment


def refuse_sent(diagnosis: Diagnosis) -> None:
    """What the merchant has before them, and perhaps nodded at, is not changed under their eyes."""
    if diagnosis.published_at is not None:
        raise NotReady("诊断已发给商家，先点「收回修改」，改好再发一次。")


def reword(finding: Finding, *, problem: str, proposal: str, severity: Severity, by: Actor) -> None:
    changes = {
        name: (getattr(finding, name), value)
        for name, value in (("problem", problem), ("proposal", proposal), ("severity", severity))
        if getattr(finding, name) != value
    }
    if changes:
        finding.problem, finding.proposal, finding.severity = problem, proposal, severity
        finding.reworded_by_name = by.name
        audit.record("finding.reworded", finding, by=by, label=problem, changes=changes)
    db.session.flush()


def hide(finding: Finding, *, reason: str, by: Actor) -> None:
    """The merchant no longer sees it; the reason stays for the team."""
    if finding.hidden_at is not None:
        raise NotReady("这条发现已经隐藏。")
    finding.hidden_at, finding.hidden_reason, finding.hidden_by_name = now(), reason, by.name
    audit.record("finding.hidden", finding, by=by, label=finding.problem, changes={"reason": (None, reason)})
    db.session.flush()


def show_again(finding: Finding, *, by: Actor) -> None:
    if finding.hidden_at is None:
        raise NotReady("这条发现没有隐藏。")
    finding.hidden_at, finding.hidden_reason, finding.hidden_by_name = None, "", ""
    audit.record("finding.shown", finding, by=by, label=finding.problem)
    db.session.flush()


def add_finding(diagnosis: Diagnosis, *, problem: str, proposal: str, severity: Severity, by: Actor) -> Finding:
    finding = Finding(
        id=new_id(),
        diagnosis_id=diagnosis.id,
        severity=severity,
        source=Source.CONSULTANT,
        problem=problem,
        proposal=proposal,
        reworded_by_name=by.name,
    )
    db.session.add(finding)
    audit.record("finding.added", finding, by=by, label=problem)
    db.session.flush()
    return finding


def fill_seats(diagnosis: Diagnosis, seats: Sequence[Seat], *, by: Actor) -> None:
    diagnosis.seats = [
        {name: getattr(seat, name) for name in ("role", "person", "share", "has_duty", "has_kpi", "backup")}
        for seat in seats
    ]
    audit.record("seats.filled", diagnosis, by=by, label=diagnosis.title)
    db.session.flush()


def publish(diagnosis: Diagnosis, *, by: Actor) -> None:
    """The merchant sees the findings from here on."""
    if diagnosis.published_at is not None:
        raise NotReady("这份诊断已经发给商家。")
    if diagnosis.result is None:
        raise NotReady("还没有提交的答卷，得不出诊断。")
    diagnosis.published_at, diagnosis.published_by_name = now(), by.name
    audit.record("diagnosis.published", diagnosis, by=by, label=diagnosis.title)
    db.session.flush()


def take_back(diagnosis: Diagnosis, *, by: Actor) -> None:
    """Back on the consultant's desk, also after the merchant nodded: the nod was for what was shown then."""
    if diagnosis.published_at is None:
        raise NotReady("这份诊断还没有发给商家。")
    diagnosis.published_at, diagnosis.published_by_name = None, ""
    diagnosis.confirmed_at, diagnosis.confirmed_by_name = None, ""
    audit.record("diagnosis.taken_back", diagnosis, by=by, label=diagnosis.title)
    db.session.flush()


def confirm(diagnosis: Diagnosis, *, by: Actor) -> None:
    """「确认诊断」. A second nod changes nothing."""
    if diagnosis.published_at is None:
        raise NotReady("诊断还没有发出，暂时不用确认。")
    if diagnosis.confirmed_at is not None:
        return
    diagnosis.confirmed_at, diagnosis.confirmed_by_name = now(), by.name
    audit.record("diagnosis.confirmed", diagnosis, by=by, label=diagnosis.title)
    db.session.flush()


def _heard(questionnaire, sheets) -> Asked:
    voices = [Voice(sheet.name, respondent_of(sheet.role), sheet.answers) for sheet in sheets]
    return Asked(questionnaire, voices, frozenset(key for sheet in sheets for key in sheet.sections))


def _names(questionnaires) -> dict[str, str]:
    """Dimensions beyond the five that a questionnaire scores section by section (定性四维)."""
    return {
        section.dim: section.title
        for questionnaire in questionnaires
        if questionnaire.scored
        for section in questionnaire.sections
    }


def _keep_findings(
    diagnosis: Diagnosis, assessment: Assessment, questions: Mapping[str, Any], kpis: Mapping[str, Decimal]
) -> None:
    known = {finding.rule_key: finding for finding in findings_of(diagnosis.id) if finding.rule_key}
    for one in assessment.findings:
        finding = known.pop(one.rule.key, None)
        if finding is None:
            finding = _found(diagnosis, one)
            db.session.add(finding)
        evidence = evidence_of(one, assessment, questions, kpis)
        if finding.evidence != evidence:
            finding.evidence = evidence
        finding.fires = True
    for finding in known.values():
        if finding.reworded_by_name or finding.hidden_at is not None:
            finding.fires = False
        else:
            db.session.delete(finding)


def _found(diagnosis: Diagnosis, one: Fired) -> Finding:
    rule = one.rule
    return Finding(
        id=new_id(),
        diagnosis_id=diagnosis.id,
        rule_key=rule.key,
        severity=Severity(rule.severity),
        source=one.source,
        problem=rule.problem,
        proposal=rule.proposal,
        modules=list(rule.modules),
        rule={"trigger": rule.trigger, "basis": rule.basis, "problem": rule.problem},
        evidence=[],
    )
