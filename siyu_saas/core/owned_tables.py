"""Migration: what every table of a merchant has (keys, references inside the merchant, a wall), named as the models do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from . import walls


def create_owned_table(
    op,
    table: str,
    *columns: sa.schema.SchemaItem,
    of: Mapping[str, str],
    unique: Iterable[tuple[str, ...]] = (),
    append_only: bool = False,
) -> None:
    """`of`: column → the merchant's table it refers to; `unique`: columns that meet once in a merchant."""
    op.create_table(
        table,
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        *(_reference(op, table, column, referred) for column, referred in of.items()),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        *(
            sa.UniqueConstraint("tenant_id", *once, name=op.f("_".join(("uq", table, "tenant_id", *once))))
            for once in unique
        ),
    )
    walls.wall_off(op, table, append_only=append_only)
    if append_only:
        walls.append_only(op, table)


def _reference(op, table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_tenant_id_{column}_{referred}")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{referred}.tenant_id", f"{referred}.id"], name=name)
