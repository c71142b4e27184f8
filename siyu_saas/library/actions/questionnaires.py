"""A firm's own questionnaires: copied, edited, released, removed."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.library.models import FirmQuestionnaire, FirmQuestionnaireEdition
from siyu_saas.library.queries.questionnaires import keys_in_use
from siyu_saas.library.rules.drafts import Definition


def keep_questionnaire(definition: Definition, *, pack: str, by: Actor) -> FirmQuestionnaire:
    """Raises NotReady when the firm has one of this key already."""
    if definition["key"] in keys_in_use(by.firm_id):
        raise NotReady("机构已经有一份同编号的问卷，请直接改那一份，或换一个编号。")
    row = FirmQuestionnaire(
        id=new_id(),
        firm_id=by.firm_id,
        key=definition["key"],
        pack=pack,
        title=definition["title"][:80],
        draft=definition,
        changed_by_name=by.name,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("questionnaire.kept", row, by=by, label=row.title)
    return row


def change_draft(row: FirmQuestionnaire, definition: Definition, *, by: Actor) -> None:
    """Raises NotReady when the key would change: answers refer to it."""
    if definition["key"] != row.key:
        raise NotReady("问卷的编号不能改；要换编号，请新建一份。")
    row.draft, row.title = definition, definition["title"][:80]
    row.changed_by_name, row.changed_at = by.name, now()
    db.session.flush()


def release(row: FirmQuestionnaire, *, by: Actor) -> FirmQuestionnaireEdition:
    """The draft as it is becomes the edition that is sent from now on; what was sent before stays as it was."""
    row.edition += 1
    row.draft = {**row.draft, "version": row.edition}
    edition = FirmQuestionnaireEdition(
        id=new_id(), questionnaire_id=row.id, edition=row.edition, content=row.draft, made_by_name=by.name
    )
    db.session.add(edition)
    db.session.flush()
    audit.record("questionnaire.released", row, by=by, label=f"{row.title} 第 {row.edition} 版")
    return edition


def remove_questionnaire(row: FirmQuestionnaire, *, by: Actor) -> None:
    row.removed_at = now()
    db.session.flush()
    audit.record("questionnaire.removed", row, by=by, label=row.title)
