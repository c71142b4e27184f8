"""Files of the workspace in scope."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import StoredFile

FILES = (
    sa.select(
        StoredFile.id,
        StoredFile.name,
        StoredFile.size,
        StoredFile.added_by_name,
        StoredFile.added_at,
        sa.func.count().over().label("total"),
    )
    .where(StoredFile.removed_at.is_(None), StoredFile.expires_at.is_(None), StoredFile.team_only.is_(False))
    .order_by(StoredFile.added_at.desc(), StoredFile.id)
    .limit(sa.bindparam("limit"))
    .offset(sa.bindparam("offset"))
)


def files_page(page: int, size: int) -> tuple[list[sa.Row], int]:
    """One page of the files that both sides see, newest first, and how many there are."""
    rows = db.session.execute(FILES, {"limit": size, "offset": (page - 1) * size}).all()
    if rows or page == 1:
        return rows, rows[0].total if rows else 0
    return [], db.session.scalar(_shared(sa.select(sa.func.count(StoredFile.id))))


def kept_files() -> list[StoredFile]:
    """Those that both sides see."""
    return list(db.session.scalars(_shared(sa.select(StoredFile)).order_by(StoredFile.added_at, StoredFile.id)))


def file_with(file_id: UUID, *, team: bool) -> StoredFile | None:
    """`team`: the reader may also have what is for the team only."""
    chosen = sa.select(StoredFile).where(
        StoredFile.id == file_id, StoredFile.removed_at.is_(None), StoredFile.expires_at.is_(None)
    )
    return db.session.scalar(chosen if team else _shared(chosen))


def file_of_form(form_key: str) -> StoredFile | None:
    return db.session.scalar(sa.select(StoredFile).where(StoredFile.form_key == form_key))


def named_keys(keys: list[str]) -> set[str]:
    """Those storage keys that a file of the workspace names, a removed one too."""
    return set(db.session.scalars(sa.select(StoredFile.key).where(StoredFile.key.in_(keys))))


def _shared(chosen: sa.Select) -> sa.Select:
    return chosen.where(
        StoredFile.removed_at.is_(None), StoredFile.expires_at.is_(None), StoredFile.team_only.is_(False)
    )
