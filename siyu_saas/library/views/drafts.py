"""What the pages of a questionnaire's draft share: whose it is, and what is wrong with it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g

from siyu_saas.library.models import FirmQuestionnaire
from siyu_saas.library.queries.questionnaires import own_questionnaire
from siyu_saas.library.rules.proofreading import Flaw, flaws_of
from siyu_saas.library.rules.shelf import pack_called

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/firm/questionnaires")


def row_or_404(questionnaire_id: UUID) -> FirmQuestionnaire:
    row = own_questionnaire(g.firm_access.firm_id, questionnaire_id)
    if row is None:
        abort(404)
    return row


def flaws_in(row: FirmQuestionnaire) -> list[Flaw]:
    return flaws_of(row.draft, pack_called(row.pack).metrics)
