"""What the worker does for workspaces."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.core.queue import every, job, progress
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import system

from .actions.files import discard_content, keep_archive
from .models import StoredFile
from .queries.files import kept_files
from .rules.names import distinct_names

SPOOL_BYTES = 8 * 1024 * 1024


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
        made = keep_archive(
            file_id=UUID(file_id), name=name, stream=pack, size=size, sha256=digest, storage=storage, by=_actor(asker)
        )
    return {"file_id": str(made.id), "count": len(files)}


@every(timedelta(days=1))
@job("tenants.discard", title="清除已删除文件的内容")
def discard_removed() -> dict:
    with system("discard the content of removed files"):
        removed = db.session.scalars(
            sa.select(StoredFile).where(StoredFile.removed_at.is_not(None), StoredFile.discarded_at.is_(None))
        ).all()
        for file in removed:
            discard_content(file, storage=services().storage)
    return {"discarded": len(removed)}


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
