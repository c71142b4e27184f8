"""What people do with the files of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.files.content import Accepted
from siyu_saas.core.files.keys import new_key
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import current_scope
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.queries.files import file_of_form


def add_file(
    accepted: Accepted,
    *,
    engagement_id: UUID | None,
    form_key: str,
    storage,
    by: Actor,
    team_only: bool = False,
) -> StoredFile:
    """Stores the content, then the row. The same form submitted again gives the file of the first time."""
    before = file_of_form(form_key)
    if before is not None:
        return before
    file = _stored(accepted.name, accepted.extension, engagement_id=engagement_id, by=by)
    file.media_type, file.size, file.sha256 = accepted.media_type, accepted.size_bytes, accepted.sha256
    file.form_key, file.team_only = form_key, team_only
    storage.put(file.key, accepted.stream)
    db.session.add(file)
    audit.record("note.file_added" if team_only else "file.added", file, by=by, label=file.name)
    db.session.flush()
    return file


@dataclass(frozen=True)
class Made:
    """A file that the product itself made: its content as a stream at position 0, with size and SHA-256 in hex."""

    name: str
    extension: str
    media_type: str
    stream: BinaryIO
    size: int
    sha256: str


def keep_archive(made: Made, *, file_id: UUID, storage, by: Actor) -> StoredFile:
    file = keep_made(made, file_id=file_id, engagement_id=None, storage=storage, by=by)
    audit.record("archive.built", file, by=by, label=file.name)
    db.session.flush()
    return file


def keep_made(
    made: Made, *, file_id: UUID, engagement_id: UUID | None, storage, by: Actor, team_only: bool = False
) -> StoredFile:
    """`file_id` is chosen by the asker, so that a second run makes no second row. The caller records the fact."""
    file = _stored(made.name, made.extension, engagement_id=engagement_id, by=by, file_id=file_id)
    file.media_type, file.size, file.sha256, file.team_only = made.media_type, made.size, made.sha256, team_only
    storage.put(file.key, made.stream)
    db.session.add(file)
    db.session.flush()
    return file


def remove_file(file: StoredFile, *, by: Actor) -> None:
    """The row is kept as a trace; the nightly clean-up removes the content."""
    file.removed_at = now()
    audit.record("file.removed", file, by=by, label=file.name)
    db.session.flush()


def discard_content(file: StoredFile, *, storage) -> None:
    """Removes what a removed file held."""
    storage.delete(file.key)
    file.discarded_at = now()
    db.session.flush()


def _stored(name: str, extension: str, *, engagement_id: UUID | None, by: Actor, file_id: UUID | None = None):
    file = StoredFile(id=file_id or new_id(), name=name, extension=extension, engagement_id=engagement_id)
    file.key = new_key(current_scope().write, extension, today(), new_id())
    file.added_by, file.added_by_name, file.added_at = by.user_id, by.name, now()
    return file
