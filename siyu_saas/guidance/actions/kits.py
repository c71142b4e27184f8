"""Texts: each saving is a version; the merchant has the last word, and an approved text is never written over."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import KitText
from siyu_saas.guidance.queries.kits import text_to_change
from siyu_saas.guidance.rules.kits import KitState


def keep_text(*, engagement_id: UUID, key: str, title: str, body: str, by: Actor) -> KitText:
    """The same words again make no new version."""
    before = text_to_change(engagement_id, key)
    if before is not None and before.body == body:
        return before
    row = KitText(
        id=new_id(),
        engagement_id=engagement_id,
        key=key,
        title=title,
        number=before.number + 1 if before else 1,
        body=body,
        state=KitState.DRAFT,
        made_by_name=by.name,
        made_at=now(),
    )
    db.session.add(row)
    audit.record("text.kept", row, by=by, label=title)
    db.session.flush()
    return row


def propose_text(row: KitText, *, by: Actor) -> None:
    if row.state is not KitState.DRAFT:
        raise NotReady(f"这一版{row.state.title}，不需要再发。")
    row.state = KitState.PROPOSED
    audit.record("text.proposed", row, by=by, label=row.title)
    db.session.flush()


def approve_text(row: KitText, *, by: Actor) -> None:
    if row.state is KitState.APPROVED:
        raise NotReady("这一版已经定稿。")
    row.state, row.approved_by_name, row.approved_at = KitState.APPROVED, by.name, now()
    audit.record("text.approved", row, by=by, label=row.title)
    db.session.flush()
