"""What the worker does about exports."""

from __future__ import annotations

import hashlib
import tempfile
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, end_reading
from siyu_saas.core.queue import job, progress
from siyu_saas.core.services import services
from siyu_saas.tenants.actions.files import Made, keep_made

from .export import pack_all

SPOOL_BYTES = 8 * 1024 * 1024


@job("reports.export", title="完整导出")
def export_all(*, file_id: str, name: str, team: bool, asker: dict) -> dict:
    """`team`: with what only the team may see. The file is on no list: the team and whoever asked for it may fetch it."""
    storage = services().storage
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as pack:
        pack_all(pack, team=team, storage=storage, progress=progress)
        end_reading()
        size = pack.tell()
        pack.seek(0)
        digest = hashlib.sha256()
        while chunk := pack.read(1 << 20):
            digest.update(chunk)
        pack.seek(0)
        made = Made(name, "zip", "application/zip", pack, size, digest.hexdigest())
        by = Actor(asker["name"], UUID(asker["user_id"]), UUID(asker["firm_id"]), asker["address"])
        file = keep_made(made, file_id=UUID(file_id), engagement_id=None, storage=storage, by=by, team_only=True)
    audit.record("export.built", file, by=by, label=name)
    db.session.flush()
    return {"file_id": str(file.id)}
