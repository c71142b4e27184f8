"""What the worker does for workspaces."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
import structlog

from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.core.queue import every, job, progress
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import system, tenant

from .actions.files import Made, discard_content, keep_archive
from .models import StoredFile
from .queries.files import kept_files, named_keys
from .queries.merchants import tenant_ids
from .rules.names import distinct_names

SPOOL_BYTES = 8 * 1024 * 1024
ORPHAN_AGE = timedelta(hours=24)  # no request and no job takes that long from storing content to naming it
SWEEP_BATCH = 500

log = structlog.get_logger()


@job("tenants.archive", title="打包工作区资料")
def build_archive(*, file_id: str, name: str, asker: dict) -> dict:
    files = [file for file in kept_files() if file.extension != "zip"]
    if not files:
        raise NotReady("工作区里还没有资料，先上传再打包。")
    end_reading()
    storage = services().storage
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as pack:
        with zipfile.ZipFile(pack, "w", zipfile.ZIP_STORED) as archive:
            for done, (file, entry) in enumerate(zip(files, distinct_names([f.name for f in files]), strict=True), 1):
                with storage.open(file.key) as content, archive.open(entry, "w") as target:
                    while chunk := content.read(1 << 20):
                        target.write(chunk)
                progress(done, len(files))
        size, digest = _measured(pack)
        made = Made(name, "zip", "application/zip", pack, size, digest)
        file = keep_archive(made, file_id=UUID(file_id), storage=storage, by=_actor(asker))
    return {"file_id": str(file.id), "count": len(files)}


@every(timedelta(hours=1))
@job("tenants.discard", title="清除已删除文件的内容")
def discard_removed() -> dict:
    with system("discard the content of removed files"):
        over = sa.or_(StoredFile.removed_at.is_not(None), StoredFile.expires_at < now())
        removed = db.session.scalars(sa.select(StoredFile).where(over, StoredFile.discarded_at.is_(None))).all()
        for file in removed:
            discard_content(file, storage=services().storage)
    return {"discarded": len(removed)}


@every(timedelta(days=1))
@job("tenants.sweep_files", title="清理没有归属的文件内容")
def sweep_files() -> dict:
    """What was stored for a transaction that then failed, and what a killed process left half stored."""
    before, removed = now() - ORPHAN_AGE, 0
    ids = tenant_ids()
    end_reading()
    for done, tenant_id in enumerate(ids, 1):
        with tenant(tenant_id):
            removed += _sweep(tenant_id, before)
        progress(done, len(ids))
    return {"removed": removed}


def _sweep(tenant_id: UUID, before: datetime) -> int:
    """Holds no transaction, and on SQLite no lock, while the storage works."""
    storage = services().storage
    removed = storage.forget_unfinished(tenant_id, before)
    stored = storage.keys_before(tenant_id, before)
    while keys := list(islice(stored, SWEEP_BATCH)):
        orphans = sorted(set(keys) - named_keys(keys))
        end_reading()
        for key in orphans:
            storage.delete(key)
            log.info("orphaned content removed", key=key)
        removed += len(orphans)
    return removed


def _measured(pack) -> tuple[int, str]:
    size = pack.tell()
    pack.seek(0)
    digest = hashlib.sha256()
    while chunk := pack.read(1 << 20):
        digest.update(chunk)
    pack.seek(0)
    return size, digest.hexdigest()


def _actor(asker: dict) -> Actor:
    return Actor(asker["name"], UUID(asker["user_id"]), UUID(asker["firm_id"]), asker["address"])
