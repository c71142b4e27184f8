"""Wall 1: the session that raises when somebody forgets which merchant is meant.

A scope says which tenants may be read and which one may be written. It is bound to the session for as long as
tenant rows live in it, so rows of one merchant never answer for another. Without a scope, tenant-owned tables
cannot be touched at all. Crossing tenants is spelled out: `portfolio(ids)` only reads, `system(reason)` is for
migrations, seeds, the job runner and firm administration, is logged, and a test lists its callers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
import structlog
from flask_sqlalchemy.session import Session
from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapped, ORMExecuteState, attributes, declared_attr, mapped_column, with_loader_criteria

from .among import IdList, Ids, among
from .statements import look_at
from .walls import set_walls

log = structlog.get_logger()


class TenantError(RuntimeError):
    """A programming error: tenant data was about to be touched without, or outside, its scope."""


@dataclass(frozen=True)
class Scope:
    write: UUID | None
    read: tuple[UUID, ...]
    reason: str | None = None

    @property
    def is_system(self) -> bool:
        return self.reason is not None

    @property
    def is_portfolio(self) -> bool:
        return self.write is None and not self.is_system


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)
_getting: ContextVar[bool] = ContextVar("getting", default=False)
_flushing: ContextVar[bool] = ContextVar("flushing", default=False)


def current_scope() -> Scope | None:
    return _scope.get()


def tenant(tenant_id: UUID):
    """Read and write one merchant's rows."""
    return _entered(Scope(tenant_id, (tenant_id,)))


def portfolio(tenant_ids: Iterable[UUID]):
    """Read, never write, the rows of the merchants that a firm's member was found to carry."""
    return _entered(Scope(None, IdList(sorted(tenant_ids))))


def system(reason: str):
    """No wall. For migrations, seeds, the job runner and firm administration; each use is logged."""
    log.debug("system scope", reason=reason)
    return _entered(Scope(None, (), reason))


@contextmanager
def _entered(scope: Scope) -> Iterator[Scope]:
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)


class TenantOwned:
    """Every row belongs to one merchant: key `(tenant_id, id)`, invisible outside that merchant's scope."""

    @declared_attr
    def tenant_id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(sa.ForeignKey("tenant.id"), primary_key=True, sort_order=-10)


class TenantTagged:
    """A row belongs to one merchant or to none (a job, an audit event). Without a scope only the latter is seen."""

    @declared_attr
    def tenant_id(cls) -> Mapped[UUID | None]:  # noqa: N805
        return mapped_column(sa.ForeignKey("tenant.id"), index=True, sort_order=-9)


class TenantSession(Session):
    def get_bind(self, *args: Any, bind: Any = None, **kwargs: Any):
        """One database has every table; what is asked for does not matter, asked at every step of every statement."""
        if bind is not None:
            return bind
        scope, engines = _scope.get(), self._db.engines
        return engines.get("portfolio" if scope is not None and scope.is_portfolio else None) or engines[None]

    def bind_scope(self) -> Scope:
        """The scope this session works in. Raises TenantError when there is none, or another one than before."""
        scope = _scope.get()
        if scope is None:
            raise TenantError("tenant data touched without a tenant scope")
        bound = self.info.get("scope")
        if bound == scope:
            return scope
        if bound is not None and self._holds_tenant_rows():
            raise TenantError("the scope changed inside one session: use a new session")
        self.info["scope"] = scope
        if self.in_transaction() and not scope.is_portfolio:
            set_walls(self.connection(), scope)
        return scope

    def _holds_tenant_rows(self) -> bool:
        return any(isinstance(row, TenantOwned | TenantTagged) for row in (*self.identity_map.values(), *self.new))

    def get(self, entity, ident, **kwargs):
        if issubclass(inspect(entity).class_, TenantOwned | TenantTagged):
            self.bind_scope()
        token = _getting.set(True)
        try:
            return super().get(entity, ident, **kwargs)
        finally:
            _getting.reset(token)

    def flush(self, objects=None) -> None:
        token = _flushing.set(True)
        try:
            super().flush(objects)
        finally:
            _flushing.reset(token)

    def bulk_save_objects(self, *args: Any, **kwargs: Any):
        raise TenantError("the legacy bulk API goes around the guard: use session.add_all")

    bulk_insert_mappings = bulk_update_mappings = bulk_save_objects


def _written_tenant() -> UUID | None:
    scope = _scope.get()
    return scope and scope.write


# One criterion for all merchants; which one is meant is asked when the statement runs.
_written = sa.bindparam("scope_tenant", callable_=_written_tenant, type_=sa.Uuid())
_OWN = tuple(
    with_loader_criteria(
        mixin, lambda cls: cls.tenant_id == _written, include_aliases=True, track_closure_variables=False
    )
    for mixin in (TenantOwned, TenantTagged)
)


_NOBODYS = (with_loader_criteria(TenantTagged, lambda cls: cls.tenant_id.is_(None), include_aliases=True),)


def _read_tenants() -> IdList:
    scope = _scope.get()
    return scope.read if scope is not None and scope.is_portfolio else IdList()


# The many merchants of a portfolio travel as one parameter, however many they are.
_read = sa.bindparam("scope_tenants", callable_=_read_tenants, type_=Ids())
_MANY = (
    with_loader_criteria(
        TenantOwned, lambda cls: among(cls.tenant_id, _read), include_aliases=True, track_closure_variables=False
    ),
    with_loader_criteria(
        TenantTagged,
        lambda cls: sa.or_(among(cls.tenant_id, _read), cls.tenant_id.is_(None)),
        include_aliases=True,
        track_closure_variables=False,
    ),
)


def in_portfolio(column: sa.ColumnElement) -> sa.ColumnElement[bool]:
    """For tables of the house itself, whose rows no wall narrows: this merchant is one of those in scope."""
    return among(column, _read)


def _criteria(scope: Scope | None) -> tuple:
    if scope is None:
        return _NOBODYS
    return _OWN if scope.write is not None else _MANY


@event.listens_for(TenantSession, "do_orm_execute")
def _guard_orm(state: ORMExecuteState) -> None:
    reviewed = state.execution_options.get("tenant_reviewed")
    seen = look_at(state.statement)
    internal = state.is_relationship_load or state.is_column_load or _getting.get()
    if seen.owned or (seen.tagged and _scope.get() is not None) or (seen.text and not reviewed):
        scope = state.session.bind_scope()
    else:
        scope = _scope.get()
    if (seen.tables or seen.text) and not (scope is not None and scope.is_system):
        _check(state, seen, scope, allowed=internal or bool(reviewed))
        if not reviewed:
            state.statement = _narrowed(state.statement, _criteria(scope))
    state.update_execution_options(_tenant_guarded=True)


_narrowed_once: dict[tuple, WeakKeyDictionary[sa.Executable, sa.Executable]] = {
    criteria: WeakKeyDictionary() for criteria in (_OWN, _MANY)
}


def _narrowed(statement: sa.Executable, criteria: tuple) -> sa.Executable:
    """The statement with the criteria that it lacks. In a merchant's scope and in a portfolio they are always the same
    objects, so a statement that is built once is narrowed once for each."""
    remembered = _narrowed_once.get(criteria)
    known = remembered.get(statement) if remembered is not None else None
    if known is not None:
        return known
    missing = [option for option in criteria if option not in statement._with_options]
    narrowed = statement.options(*missing) if missing else statement
    if remembered is not None and missing:
        remembered[statement] = narrowed
    return narrowed


def _check(state: ORMExecuteState, seen, scope: Scope | None, *, allowed: bool) -> None:
    pre_select = any(option in state.statement._with_options for option in _criteria(scope))
    if (seen.text or seen.core) and not (allowed or pre_select):
        raise TenantError("raw or Core SQL on tenant tables: use the mapped class")
    if not seen.tables:
        return
    if state.is_insert or (state.is_update and isinstance(state.parameters, list)):
        raise TenantError("bulk writes go around the stamp: use session.add_all")
    if state.is_update or state.is_delete:
        if scope is not None and scope.write is None:
            raise TenantError("a portfolio only reads")
        if state.is_update and "tenant_id" in _assigned(state.statement):
            raise TenantError("tenant_id never changes")


def _assigned(statement) -> set[str]:
    return {getattr(column, "key", column) for column in dict(statement._values or {})}


@event.listens_for(TenantSession, "before_flush")
def _stamp(session: TenantSession, _context, _instances) -> None:
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, TenantOwned):
            _stamp_row(session, row, session.bind_scope())
        elif isinstance(row, TenantTagged):
            _stamp_row(session, row, session.bind_scope() if _scope.get() is not None else None)


def _stamp_row(session: TenantSession, row: TenantOwned | TenantTagged, scope: Scope | None) -> None:
    """Only a tagged row comes without a scope: then it is nobody's."""
    if scope is None:
        if row.tenant_id is not None:
            raise TenantError("a row of a merchant written without that merchant's scope")
        return
    if scope.is_system:
        if row.tenant_id is None and isinstance(row, TenantOwned):
            raise TenantError("a system scope writes tenant rows only with an explicit tenant_id")
        return
    if scope.write is None:
        raise TenantError("a portfolio only reads")
    if row.tenant_id is None and row in session.new:
        row.tenant_id = scope.write
    if row.tenant_id != scope.write or _moved_from(row) - {None, scope.write}:
        raise TenantError("a row of another merchant, or one that would move to another merchant")


def _moved_from(row: Any) -> set:
    return set(attributes.get_history(row, "tenant_id").deleted or ())


@event.listens_for(TenantSession, "after_begin")
def _raise_walls(session: TenantSession, _transaction, connection) -> None:
    set_walls(connection, _scope.get())


def guard_below_the_orm(connection, statement, _multi, _params, options) -> None:
    """Engine event `before_execute`: what reaches a connection must have passed the session or be reviewed."""
    if options.get("_tenant_guarded") or options.get("tenant_reviewed") or _flushing.get():
        return
    if _in_system():
        return
    seen = look_at(statement)
    if seen.tables or seen.text:
        raise TenantError("SQL on tenant tables outside the guarded session")


def guard_the_driver(_connection, _cursor, statement, _parameters, context, _many) -> None:
    """Engine event `before_cursor_execute`: text that goes to the driver directly passes none of the other guards."""
    if context.compiled is None and not context.execution_options.get("tenant_reviewed") and not _in_system():
        raise TenantError("driver SQL goes around the guard")


def _in_system() -> bool:
    scope = _scope.get()
    return scope is not None and scope.is_system


def refuse_foreign_reference(target: Any, value: Any, *_: Any) -> None:
    """Attribute event: a relationship never points at another merchant's row (wall 3 seen from Python)."""
    ours, theirs = getattr(target, "tenant_id", None), getattr(value, "tenant_id", None)
    if ours is not None and theirs is not None and ours != theirs:
        raise TenantError("a reference to another merchant's row")
