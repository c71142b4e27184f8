"""What a statement touches: the tenant-owned and tenant-tagged tables in it, and whether it avoids the ORM."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.sql import visitors

OWNED, TAGGED = "owned", "tagged"


@dataclass(slots=True)
class Seen:
    owned: bool = False
    tagged: bool = False
    core: bool = False
    text: bool = False

    @property
    def tables(self) -> bool:
        return self.owned or self.tagged

    def table(self, table: sa.FromClause | None, *, core: bool) -> None:
        kind = table.info.get("tenancy") if isinstance(table, sa.Table) else None
        if kind is not None:
            self.owned |= kind == OWNED
            self.tagged |= kind == TAGGED
            self.core |= core


_looked_at: WeakKeyDictionary[sa.Executable, Seen] = WeakKeyDictionary()


def look_at(statement: sa.Executable) -> Seen:
    """What the statement touches. A statement never changes, so one that is built once is walked once."""
    seen = _looked_at.get(statement)
    if seen is None:
        seen = _looked_at[statement] = _walk(statement)
    return seen


def tables_in(statement: sa.Executable) -> frozenset[str]:
    """Names of all tables that the statement reads, sub-selects and CTEs included."""
    found = (part.table if isinstance(part, sa.Column) else part for part in visitors.iterate(statement))
    return frozenset(table.name for table in found if isinstance(table, sa.Table))


def _walk(statement: sa.Executable) -> Seen:
    """Walks the whole statement, sub-selects and CTEs included.

    A column or table that came through a mapped class carries the annotation `parententity`; without it the
    statement uses the bare table, which no loader criterion reaches.
    """
    seen = Seen(text=isinstance(statement, sa.TextClause))
    for part in visitors.iterate(statement):
        if isinstance(part, sa.Column):
            seen.table(part.table, core="parententity" not in part._annotations)
        elif isinstance(part, sa.Table):
            seen.table(part, core=False)
        elif isinstance(part, sa.Select):
            _look_at_from(part, seen)
    if getattr(statement, "is_dml", False):
        seen.table(statement.table, core="parententity" not in statement.table._annotations)
    if isinstance(getattr(statement, "element", None), sa.TextClause):
        seen.text = True
    return seen


def _look_at_from(select: sa.Select, seen: Seen) -> None:
    for source in (*select._from_obj, *(join[0] for join in select._setup_joins), *select._raw_columns):
        if isinstance(source, sa.TextClause):
            seen.text = True
        elif isinstance(source, sa.Table) and "parententity" not in source._annotations:
            seen.table(source, core=True)
