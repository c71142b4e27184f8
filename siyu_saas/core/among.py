"""`among(column, ids)`: one of many ids, as one parameter. A list of 5,000 would be 5,000 parameters at each mention."""

from __future__ import annotations

import json
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class IdList(tuple[UUID, ...]):
    """Written down once, however often a statement mentions it."""

    @cached_property
    def as_json(self) -> str:
        """As SQLite keeps ids: bare hex."""
        return json.dumps([one.hex for one in self])

    @cached_property
    def as_array(self) -> str:
        return "{" + ",".join(map(str, self)) + "}"


class Ids(sa.TypeDecorator):
    """A list of ids as text: an array literal for PostgreSQL, JSON for SQLite."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: IdList, dialect) -> str:
        return value.as_array if dialect.name == "postgresql" else value.as_json


class among(FunctionElement):  # noqa: N801
    """Takes a column of ids and a parameter of type `Ids`."""

    type = sa.Boolean()
    inherit_cache = True


@compiles(among)
def _in_array(element: among, compiler, **options) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **options)} = ANY (CAST({compiler.process(ids, **options)} AS uuid[]))"


@compiles(among, "sqlite")
def _in_json(element: among, compiler, **options) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **options)} IN (SELECT value FROM json_each({compiler.process(ids, **options)}))"
