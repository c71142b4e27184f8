"""Checklists are copied from the pack when they are taken up: editing a pack never changes a running service period."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Checklist, Criterion, Item
from siyu_saas.guidance.queries.checklists import checklist_keyed, has_begun
from siyu_saas.guidance.rules.criteria import criteria_of
from siyu_saas.guidance.rules.states import Evidence
from siyu_saas.packs.library import Pack
from siyu_saas.packs.shapes.checklists import Checklist as Template
from siyu_saas.tenants.rules import Side


def take_up(template: Template, *, pack: Pack, engagement_id: UUID, by: Actor) -> Checklist:
    """Once in a service period; one that was put aside comes back as it was."""
    known = checklist_keyed(engagement_id, template.key)
    if known is not None:
        known.removed_at = None
        db.session.flush()
        return known
    row = Checklist(
        id=new_id(),
        engagement_id=engagement_id,
        key=template.key,
        title=template.title,
        pack=pack.key,
        pack_version=pack.version,
        begun_at=now(),
        begun_by_name=by.name,
    )
    db.session.add(row)
    db.session.flush()
    copies = [(_copy(item, row, position), item) for position, item in enumerate(template.items, 1)]
    db.session.add_all(copied for copied, _item in copies)
    db.session.flush()
    db.session.add_all(
        Criterion(id=new_id(), item_id=copied.id, position=place, text=text)
        for copied, item in copies
        for place, text in enumerate(criteria_of(item.acceptance), 1)
    )
    audit.record("checklist.begun", row, by=by, label=row.title)
    db.session.flush()
    return row


def put_aside(row: Checklist, *, by: Actor) -> None:
    """Raises NotReady once somebody has submitted something for it."""
    if has_begun(row.id):
        raise NotReady("这份清单已经有人提交过，不能移除；不需要的项可以标为不适用。")
    row.removed_at = now()
    audit.record("checklist.removed", row, by=by, label=row.title)
    db.session.flush()


def _copy(item, row: Checklist, position: int) -> Item:
    return Item(
        id=new_id(),
        checklist_id=row.id,
        engagement_id=row.engagement_id,
        key=item.key,
        position=position,
        title=item.title,
        why=item.why,
        how=item.how,
        evidence=Evidence(item.evidence),
        side=Side.FIRM if item.side == Side.FIRM else Side.MERCHANT,
        role=item.role,
        metric=item.metric or "",
        template=item.template or "",
        round=0,
    )
