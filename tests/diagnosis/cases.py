"""The answers of the worked case (domain B6) and of three other merchants (H6), and a small questionnaire."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.diagnosis.actions.answering import begin_sheet
from siyu_saas.diagnosis.actions.giving import give_section
from siyu_saas.diagnosis.actions.judging import add_finding
from siyu_saas.diagnosis.actions.sending import send_diagnosis
from siyu_saas.diagnosis.queries.diagnoses import asked_in
from siyu_saas.diagnosis.rules.asking import Depth
from siyu_saas.diagnosis.rules.assessment import Asked, Assessment, assess
from siyu_saas.diagnosis.rules.findings import Severity
from siyu_saas.diagnosis.rules.respondents import Voice
from siyu_saas.packs.library import pack
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role

ANSWERS = Path(__file__).parent / "answers.json"
DIAGNOSTIC = ("qn_rhczz", "qn_fit", "qn_model", "qn_strategy", "qn_team")


@cache
def answers_of(merchant: str) -> dict[str, Any]:
    """`worked`, `soft`, `baby` or `farm`, as a sheet holds them: numbers are digits."""
    raw = json.loads(ANSWERS.read_text())[merchant]
    return {
        key: value if isinstance(value, str | list) else str(value) for key, value in raw.items() if value is not None
    }


def assessed(answers: dict[str, Any], **options: Any) -> Assessment:
    base = pack("base")
    voices = [Voice("操盘手", "lead", answers)]
    asked = [
        Asked(one, voices, frozenset(section.key for section in one.sections))
        for one in (base.questionnaires[key] for key in DIAGNOSTIC)
    ]
    return assess(asked, base.findings.values(), base.recommenders, **options)


def diagnosis_for(engagement: Engagement, by: Actor) -> dict[str, UUID]:
    """In the merchant's scope: one of each thing that an address of this room names."""
    run = send_diagnosis(engagement, pack("base"), keys=["qn_team"], depth=Depth.STANDARD, title="期初诊断", by=by)
    asked = asked_in(run.id)[0]
    return {
        "asked_id": asked.id,
        "assignment_id": give_section(asked, section="team", title="团队", role=Role.CS, by=by).id,
        "sheet_id": begin_sheet(asked, user_id=None, name="受访人", role=Role.CS, by=by).id,
        "finding_id": add_finding(run, problem="发货慢", proposal="", severity=Severity.LOW, by=by).id,
    }
