"""Where files are kept: a folder of this machine, or a bucket. Both know the same few verbs."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile, mkstemp
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from siyu_saas.core.files.errors import BadKey, FileGone, StorageFull, StorageUnavailable, disk_errors_named
from siyu_saas.core.files.keys import checked_key, is_key
from siyu_saas.core.files.spool import MEMORY_LIMIT_BYTES

UNFINISHED_PREFIX = ".unfinished-"
CONNECT_TIMEOUT_S = 3
READ_TIMEOUT_S = 10
ATTEMPTS = 3
LIST_PAGE = 1_000
GONE_CODES = {"404", "NoSuchKey"}
FULL_CODES = {"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"}


class Storage(Protocol):
    """Keys come from `keys.new_key`; any other raises BadKey. All may raise StorageUnavailable."""

    def put(self, key: str, stream: BinaryIO) -> None:
        """Stores the rest of the stream, all or nothing, over what was there. Raises StorageFull."""

    def open(self, key: str) -> BinaryIO:
        """A seekable stream at position 0, closed by the caller. Raises FileGone."""

    def delete(self, key: str) -> None:
        """Also when it is gone already."""

    def exists(self, key: str) -> bool: ...

    def keys_before(self, tenant_id: UUID, moment: datetime) -> Iterator[str]:
        """Keys of one merchant whose content was stored before `moment`, one after the other; what is not a key of
        ours is passed over. They may be deleted on the way."""

    def forget_unfinished(self, tenant_id: UUID, moment: datetime) -> int:
        """Removes what a killed process began to store before `moment` and never finished. Returns how many."""


class StorageSettings(Protocol):
    files_dir: Path
    s3_bucket: str | None
    s3_endpoint: str | None
    s3_region: str | None
    s3_addressing: str
    s3_access_key: str | None
    s3_secret_key: str | None


def storage_from(settings: StorageSettings) -> Storage:
    """A bucket when one is named, else the folder."""
    if settings.s3_bucket:
        return S3Storage(_s3_client(settings), settings.s3_bucket)
    return LocalStorage(settings.files_dir)


class LocalStorage:
    """Files below `root`. What `put` has answered for survives a power cut."""

    def __init__(self, root: Path):
        self.root = root

    def put(self, key: str, stream: BinaryIO) -> None:
        path = self._path(key)
        with disk_errors_named():
            self._make_folder(path.parent)
            _write_whole(path, stream)

    def open(self, key: str) -> BinaryIO:
        path = self._path(key)
        with disk_errors_named():
            try:
                return path.open("rb")
            except FileNotFoundError as error:
                raise FileGone() from error

    def delete(self, key: str) -> None:
        path = self._path(key)
        with disk_errors_named():
            path.unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        path = self._path(key)
        with disk_errors_named():
            return path.is_file()

    def keys_before(self, tenant_id: UUID, moment: datetime) -> Iterator[str]:
        root = self.root.resolve()
        for path in _older_files(f"{root}/{tenant_id}", moment):
            key = path.removeprefix(f"{root}/")
            if is_key(key):
                yield key

    def forget_unfinished(self, tenant_id: UUID, moment: datetime) -> int:
        count = 0
        for path in _older_files(f"{self.root.resolve()}/{tenant_id}", moment):
            if os.path.basename(path).startswith(UNFINISHED_PREFIX):
                with disk_errors_named():
                    Path(path).unlink(missing_ok=True)
                count += 1
        return count

    def _path(self, key: str) -> Path:
        """A checked key has no dots to climb with, so a resolved path that differs means a link on the way."""
        path = self.root.resolve() / checked_key(key)
        if os.path.realpath(path) != str(path):
            raise BadKey(f"a link leads elsewhere: {key}")
        return path

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        root = self.root.resolve()
        for made in (folder, *folder.parents):
            if made == root.parent:
                break
            _sync_folder(made)


def _older_files(folder: str, moment: datetime) -> Iterator[str]:
    """Paths below the folder that were last written before `moment`. Links are not followed."""
    if os.path.islink(folder):
        return
    with disk_errors_named(), suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _older_files(entry.path, moment)
            elif entry.is_file(follow_symlinks=False) and _is_older(entry, moment):
                yield entry.path


def _is_older(entry: os.DirEntry, moment: datetime) -> bool:
    """False when the file was removed meanwhile."""
    with suppress(FileNotFoundError):
        return entry.stat(follow_symlinks=False).st_mtime < moment.timestamp()
    return False


def _write_whole(path: Path, stream: BinaryIO) -> None:
    """Under another name until every byte is on the disk, so that half a file is never found under its key."""
    descriptor, unfinished = mkstemp(dir=path.parent, prefix=UNFINISHED_PREFIX)
    try:
        with open(descriptor, "wb") as file:
            shutil.copyfileobj(stream, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class S3Storage:
    """Objects in a bucket of S3 or of a store that speaks its protocol. `client` is boto3's."""

    def __init__(self, client: Any, bucket: str, prefix: str = ""):
        self.client = client
        self.bucket = bucket
        self.prefix = prefix

    def put(self, key: str, stream: BinaryIO) -> None:
        place = self._place(key)
        with _s3_errors_named():
            self.client.put_object(**place, Body=stream)

    def open(self, key: str) -> BinaryIO:
        """Fetched whole before it is answered: a line that breaks half-way is an error, not a shorter file."""
        place = self._place(key)
        copy = SpooledTemporaryFile(max_size=MEMORY_LIMIT_BYTES)  # noqa: SIM115 - lives on in the answer
        try:
            with _s3_errors_named(), disk_errors_named(), self.client.get_object(**place)["Body"] as body:
                shutil.copyfileobj(body, copy)
            copy.seek(0)
        except BaseException:
            copy.close()
            raise
        return copy

    def delete(self, key: str) -> None:
        place = self._place(key)
        with _s3_errors_named():
            self.client.delete_object(**place)

    def exists(self, key: str) -> bool:
        place = self._place(key)
        try:
            with _s3_errors_named():
                self.client.head_object(**place)
        except FileGone:
            return False
        return True

    def keys_before(self, tenant_id: UUID, moment: datetime) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=f"{self.prefix}{tenant_id}/", PaginationConfig={"PageSize": LIST_PAGE}
        )
        with _s3_errors_named():
            for page in pages:
                for entry in page.get("Contents", ()):
                    key = entry["Key"].removeprefix(self.prefix)
                    if entry["LastModified"] < moment and is_key(key):
                        yield key

    def forget_unfinished(self, tenant_id: UUID, moment: datetime) -> int:
        """Nothing: a bucket shows and keeps an object only when all of it has arrived."""
        return 0

    def _place(self, key: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + checked_key(key)}


@contextmanager
def _s3_errors_named() -> Iterator[None]:
    """botocore is imported late here and below: it costs tens of megabytes, and only with a bucket."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise _named(error.response) from error
    except BotoCoreError as error:
        raise StorageUnavailable() from error


def _named(response: dict) -> Exception:
    codes = {response["Error"].get("Code"), str(response["ResponseMetadata"].get("HTTPStatusCode"))}
    if codes & FULL_CODES:
        return StorageFull()
    return FileGone() if response["Error"].get("Code") in GONE_CODES else StorageUnavailable()


def _s3_client(settings: StorageSettings) -> Any:
    """Checksum extensions only where required: stores other than Amazon's often refuse them."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key,
        config=Config(
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            s3={"addressing_style": settings.s3_addressing},
            retries={"max_attempts": ATTEMPTS, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
