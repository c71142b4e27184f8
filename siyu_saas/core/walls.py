"""Wall 2: PostgreSQL row-level security. SQLite has no such wall and every function here is silent on it.

The login role has no rights of its own. Each transaction takes one of three roles and names its tenant, both for
this transaction only, so a pooled connection never carries the last merchant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .tenancy import Scope

READ_WRITE, PORTFOLIO, SYSTEM = "siyu_rw", "siyu_portfolio", "siyu_system"
ROLES = (READ_WRITE, PORTFOLIO, SYSTEM)

SET_WALLS = (
    "select set_config('role', %s, true), set_config('app.tenant_id', %s, true), set_config('app.tenant_ids', %s, true)"
)

_MISSING_ROLES = "\n".join(
    f"  if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if;"
    for role in ROLES
)
FOUNDATION = f"""
do $$ begin
{_MISSING_ROLES}
end $$;
create schema if not exists siyu;
create or replace function siyu.tid() returns uuid stable parallel safe language sql
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;
create or replace function siyu.tids() returns uuid[] stable parallel safe language sql
  as $$ select coalesce(string_to_array(nullif(current_setting('app.tenant_ids', true), ''), ',')::uuid[], '{{}}') $$;
grant usage on schema siyu, public to {", ".join(ROLES)};
"""


def set_walls(connection: Connection, scope: Scope | None) -> None:
    """Takes the role and names the tenants for the running transaction."""
    if connection.dialect.name != "postgresql":
        return
    with connection.connection.cursor() as cursor:
        cursor.execute(SET_WALLS, _settings(scope))


def _settings(scope: Scope | None) -> tuple[str, str, str]:
    if scope is None:
        return READ_WRITE, "", ""
    if scope.is_system:
        return SYSTEM, "", ""
    if scope.is_portfolio:
        return PORTFOLIO, "", ",".join(map(str, scope.read))
    return READ_WRITE, str(scope.write), ""


def lay_foundation(op, login: str | None) -> None:
    """Migration: the three roles, the two functions, and the login role's membership in the roles."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(FOUNDATION)
    op.execute(f"grant {', '.join(ROLES)} to {_quoted(login) if login else 'current_user'}")


ALL_RIGHTS = "select, insert, update, delete"
ADD_RIGHTS = "select, insert"


def wall_off(op, table: str, *, append_only: bool = False) -> None:
    """Migration: a tenant-owned table. Rows of the tenant in scope, nothing else."""
    _policies(
        op,
        table,
        "tenant_id = (select siyu.tid())",
        "tenant_id = any((select siyu.tids())::uuid[])",
        rights=ADD_RIGHTS if append_only else ALL_RIGHTS,
    )


def wall_off_tagged(op, table: str, *, append_only: bool = False) -> None:
    """Migration: a table whose rows belong to one tenant or to none."""
    _policies(
        op,
        table,
        "tenant_id is not distinct from (select siyu.tid())",
        "tenant_id = any((select siyu.tids())::uuid[]) or tenant_id is null",
        rights=ADD_RIGHTS if append_only else ALL_RIGHTS,
    )


def append_only(op, table: str) -> None:
    """Migration: rows are never changed or removed. PostgreSQL grants no right to; SQLite needs triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{verb} before {verb} on {table} "
                f"begin select raise(abort, '{table} is append-only'); end"
            )


def open_to_all(op, table: str) -> None:
    """Migration: a table of the house itself (people, firms, memberships), guarded by the door, not by a wall."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'grant select, insert, update, delete on "{table}" to {READ_WRITE}, {SYSTEM}')
        op.execute(f'grant select on "{table}" to {PORTFOLIO}')


def show_revision(connection: Connection) -> None:
    """After migrations: whoever asks whether the product is ready may read which revision the schema is at."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"grant select on alembic_version to {', '.join(ROLES)}")


def _policies(op, table: str, own: str, many: str, *, rights: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in (
        f'alter table "{table}" enable row level security',
        f'alter table "{table}" force row level security',
        f'grant {rights} on "{table}" to {READ_WRITE}',
        f'grant select on "{table}" to {PORTFOLIO}',
        f'grant select, insert, update, delete on "{table}" to {SYSTEM}',
        f'create policy own on "{table}" to {READ_WRITE} using ({own}) with check ({own})',
        f'create policy many on "{table}" for select to {PORTFOLIO} using ({many})',
        f'create policy all_rows on "{table}" to {SYSTEM} using (true) with check (true)',
    ):
        op.execute(statement)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
