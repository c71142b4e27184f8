"""A diagnosis is sent: the pack's questionnaires and rules are copied, so that editing a pack changes nothing that runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis
from siyu_saas.diagnosis.queries.diagnoses import diagnosis_of_form, latest_diagnosis
from siyu_saas.diagnosis.rules.asking import Depth
from siyu_saas.diagnosis.rules.definitions import frozen
from siyu_saas.packs.library import Pack
from siyu_saas.packs.shapes.questions import Questionnaire
from siyu_saas.tenants.models import Engagement


def send_diagnosis(
    engagement: Engagement,
    pack: Pack,
    *,
    keys: Sequence[str],
    depth: Depth,
    title: str,
    by: Actor,
    form_key: str | None = None,
) -> Diagnosis:
    """Asks the questionnaires `keys` of the pack. The same form submitted again gives the diagnosis of the first time."""
    before = diagnosis_of_form(form_key) if form_key else None
    if before is not None:
        return before
    if engagement.archived_at is not None:
        raise NotReady("这个服务期已经归档，先恢复再发诊断。")
    newest = latest_diagnosis(engagement.id)
    diagnosis = Diagnosis(
        id=new_id(),
        engagement_id=engagement.id,
        number=newest.number + 1 if newest else 1,
        title=title,
        pack=pack.key,
        pack_version=pack.version,
        depth=depth,
        rules={
            "findings": [frozen(rule) for rule in pack.findings.values()],
            "recommenders": frozen(pack.recommenders),
        },
        sent_by_name=by.name,
        form_key=form_key,
    )
    db.session.add(diagnosis)
    db.session.flush()
    for place, key in enumerate(keys, 1):
        db.session.add(_copied(diagnosis, place, pack.questionnaires[key]))
    audit.record("diagnosis.sent", diagnosis, by=by, label=title)
    db.session.flush()
    return diagnosis


def _copied(diagnosis: Diagnosis, place: int, questionnaire: Questionnaire) -> AskedQuestionnaire:
    definition = frozen(questionnaire)
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False)
    return AskedQuestionnaire(
        id=new_id(),
        diagnosis_id=diagnosis.id,
        place=place,
        key=questionnaire.key,
        title=questionnaire.title,
        definition=definition,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
