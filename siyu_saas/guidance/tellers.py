"""Whom the facts about items concern."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Due, Message, due_things, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role, Side

from .models import Item, KitText
from .rules.states import OPEN

LEADS = (Role.BOSS, Role.LEAD, Role.COORDINATOR)


@tells("item.submitted", Kind.SUBMITTED)
def submitted(event: AuditEvent) -> list[Message]:
    return _about(event, f"请验收「{event.object_label}」", lambda item: people_in(event.tenant_id, side=Side.FIRM))


@tells("item.returned", Kind.RETURNED)
def returned(event: AuditEvent) -> list[Message]:
    reason = event.changes["reason"][1]
    return _about(event, f"「{event.object_label}」被退回：{reason}", _doers(event))


@tells("item.accepted", Kind.CHANGED)
def accepted(event: AuditEvent) -> list[Message]:
    return _about(event, f"「{event.object_label}」已通过验收", _doers(event))


@tells("text.proposed", Kind.SIGNATURE)
def text_proposed(event: AuditEvent) -> list[Message]:
    return _about_text(event, f"请定稿「{event.object_label}」", people_in(event.tenant_id, roles=LEADS))


def _about_text(event: AuditEvent, title: str, whom) -> list[Message]:
    found = db.session.execute(
        db.select(KitText.key, KitText.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == KitText.engagement_id)
        .where(KitText.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    return [Message(whom, title, "guidance.text", {"number": found.number, "key": found.key}, found.engagement_id)]


def _doers(event: AuditEvent):
    return lambda item: ({item.submitted_by} - {None}) | _of_role(event, item.role)


def _of_role(event: AuditEvent, role: str) -> set:
    known = {one.value: one for one in Role}
    return people_in(event.tenant_id, roles=[known[role]] if role in known else LEADS)


def _about(event: AuditEvent, title: str, whom) -> list[Message]:
    found = db.session.execute(
        db.select(Item, Engagement.number)
        .join(Engagement, Engagement.id == Item.engagement_id)
        .where(Item.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    item, number = found
    return [Message(whom(item), title, "guidance.item", {"number": number, "item_id": item.id}, item.engagement_id)]


@due_things
def items_due() -> list[Due]:
    rows = db.session.execute(
        db.select(Item, Engagement.number)
        .join(Engagement, Engagement.id == Item.engagement_id)
        .where(Item.due_on.is_not(None), Item.state.in_(OPEN), Engagement.archived_at.is_(None))
    )
    return [_due(item, number) for item, number in rows]


def _due(item: Item, number: int) -> Due:
    known = {one.value: one for one in Role}
    if item.side is Side.FIRM:
        owners = leads = people_in(item.tenant_id, side=Side.FIRM)
    else:
        owners = people_in(item.tenant_id, roles=[known[item.role]] if item.role in known else LEADS)
        leads = people_in(item.tenant_id, roles=LEADS)
    values = {"number": number, "item_id": item.id}
    return Due(f"item-{item.id}", item.title, item.due_on, owners, leads, "guidance.item", values, item.engagement_id)
