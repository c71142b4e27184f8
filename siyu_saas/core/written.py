"""Which merchants' rows a transaction wrote, table by table, whichever door they came by: flush, ORM update or delete, bulk.

Who keeps something that follows from rows listens to `written`, and no room that writes can forget to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from blinker import Signal
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from .tenancy import TenantSession, current_scope

written = Signal(
    "sent in the transaction, before its commit; `rows`: table → merchants, among them None for any of them"
)


def note_rows(session: Session, table: str, tenant_ids: Iterable[UUID | None]) -> None:
    session.info.setdefault("written", {}).setdefault(table, set()).update(tenant_ids)


@event.listens_for(TenantSession, "after_flush")
def _note_flushed(session: TenantSession, _context) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        merchant = row.id if row.__tablename__ == "tenant" else getattr(row, "tenant_id", None)
        if merchant is not None:
            note_rows(session, row.__tablename__, (merchant,))


@event.listens_for(TenantSession, "do_orm_execute")
def _note_executed(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        scope = current_scope()
        note_rows(state.session, state.statement.table.name, (scope.write if scope else None,))


@event.listens_for(TenantSession, "before_commit")
def _tell(session: TenantSession) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    rows = session.info.pop("written", None)
    if rows:
        written.send(session, rows=rows)


@event.listens_for(TenantSession, "after_soft_rollback")
def _forget(session: TenantSession, previous) -> None:
    if not previous.nested:
        session.info.pop("written", None)
