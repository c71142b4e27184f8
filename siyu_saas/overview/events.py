"""What happened, filtered: in one workspace, or across a firm's merchants and in the firm itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import SHANGHAI
from siyu_saas.core.database import db

from .rules import KNOWN_PREFIXES, TEAM_ONLY, EventKind

COLUMNS = (
    AuditEvent.tenant_id,
    AuditEvent.at,
    AuditEvent.actor_name,
    AuditEvent.address,
    AuditEvent.verb,
    AuditEvent.object_label,
    AuditEvent.changes,
)
NEWEST = (AuditEvent.at.desc(), AuditEvent.id.desc())


@dataclass(frozen=True)
class EventsAsked:
    """Both days belong to the range, in Shanghai."""

    who: str = ""
    what: EventKind | None = None
    first: date | None = None
    last: date | None = None


def events_page(asked: EventsAsked, *, internal: bool, page: int, size: int) -> tuple[list[sa.Row], int]:
    """In a merchant's scope, newest first; without `internal` only what concerns the merchant."""
    return _page(_filtered(asked, internal=internal), page, size)


def events(asked: EventsAsked, *, most: int) -> list[sa.Row]:
    """In a merchant's scope, the team's own included."""
    return db.session.execute(_filtered(asked, internal=True).order_by(*NEWEST).limit(most)).all()


def firm_events_page(asked: EventsAsked, *, firm_id: UUID, page: int, size: int) -> tuple[list[sa.Row], int]:
    """In a portfolio scope: events of its merchants, and of the firm itself."""
    return _page(_of_firm(asked, firm_id), page, size)


def firm_events(asked: EventsAsked, *, firm_id: UUID, most: int) -> list[sa.Row]:
    return db.session.execute(_of_firm(asked, firm_id).order_by(*NEWEST).limit(most)).all()


def _page(statement: sa.Select, page: int, size: int) -> tuple[list[sa.Row], int]:
    total = db.session.scalar(statement.with_only_columns(sa.func.count(AuditEvent.id)))
    rows = db.session.execute(statement.order_by(*NEWEST).limit(size).offset((page - 1) * size)).all()
    return rows, total


def _of_firm(asked: EventsAsked, firm_id: UUID) -> sa.Select:
    """A portfolio also shows what belongs to no merchant; of that only the firm's own is meant."""
    own = sa.or_(AuditEvent.tenant_id.is_not(None), AuditEvent.firm_id == firm_id)
    return _filtered(asked, internal=True).where(own)


def _filtered(asked: EventsAsked, *, internal: bool) -> sa.Select:
    statement = sa.select(*COLUMNS)
    if not internal:
        statement = statement.where(*(AuditEvent.verb.not_like(one) for one in TEAM_ONLY))
    if asked.who:
        statement = statement.where(AuditEvent.actor_name.contains(asked.who, autoescape=True))
    if asked.what:
        statement = statement.where(_of_kind(asked.what))
    if asked.first:
        statement = statement.where(AuditEvent.at >= _midnight(asked.first))
    if asked.last:
        statement = statement.where(AuditEvent.at < _midnight(asked.last + timedelta(days=1)))
    return statement


def _of_kind(kind: EventKind) -> sa.ColumnElement[bool]:
    if kind is EventKind.OTHER:
        return sa.not_(_begins_with(KNOWN_PREFIXES))
    return _begins_with(kind.prefixes)


def _begins_with(prefixes: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(*(AuditEvent.verb.startswith(f"{prefix}.", autoescape=True) for prefix in prefixes))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
