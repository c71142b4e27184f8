"""Who did what, when, and from where. Rows are only ever added; actions write them in their own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from blinker import Signal
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from .clock import now
from .database import Identified, db
from .ids import new_id
from .tenancy import TenantSession, TenantTagged


@dataclass(frozen=True)
class Actor:
    """The person behind an action. `name` is kept as it was then, whatever happens to the account."""

    name: str
    user_id: UUID | None = None
    firm_id: UUID | None = None
    address: str | None = None


SYSTEM = Actor("系统")

recorded = Signal("sent with each event while its transaction still runs")


class AuditEvent(TenantTagged, Identified, db.Model):
    """`changes` maps a field's name to `[before, after]`."""

    firm_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str | None] = mapped_column(sa.String(45))
    verb: Mapped[str] = mapped_column(sa.String(60))
    object_kind: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[UUID | None]
    object_label: Mapped[str] = mapped_column(sa.String(200))
    changes: Mapped[dict] = mapped_column(default=dict)

    __table_args__ = (
        sa.Index("ix_audit_event_tenant_at", "tenant_id", "at"),
        sa.Index("ix_audit_event_tenant_object", "tenant_id", "object_id"),
    )


class AppendOnly(RuntimeError):
    """Somebody tried to change or remove an audit row."""


def record(
    verb: str,
    subject: Any,
    *,
    by: Actor,
    label: str,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> AuditEvent:
    """Adds the event. `verb` is an English key such as `file.added`; `label` is what a person calls the object."""
    event_row = AuditEvent(
        id=new_id(),
        verb=verb,
        actor_id=by.user_id,
        actor_name=by.name,
        firm_id=by.firm_id,
        address=by.address,
        object_kind=type(subject).__tablename__,
        object_id=subject.id,
        object_label=label[:200],
        changes={name: [_plain(before), _plain(after)] for name, (before, after) in (changes or {}).items()},
    )
    db.session.add(event_row)
    recorded.send(event_row)
    return event_row


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


@event.listens_for(TenantSession, "before_flush")
def _only_append(session: TenantSession, _context, _instances) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    if any(isinstance(row, AuditEvent) for row in (*changed, *session.deleted)):
        raise AppendOnly("audit rows are never changed or removed")
