"""Why a file was not taken, kept or found. `str()` is the Chinese sentence: what happened and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from siyu_saas.core.errors import Refusal, Unavailable

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileRefused(Refusal, ValueError):
    """An upload that is not taken; nothing was stored."""


class EmptyFile(FileRefused):
    """No bytes at all, or nothing but white space."""


class TooLarge(FileRefused):
    """More bytes, pixels or packed content than is taken."""

    status = 413


class UnsupportedFile(FileRefused):
    """A kind of content that is not taken, whatever its name says."""

    status = 415


class BrokenFile(FileRefused):
    """The right kind of content, but damaged or cut off."""


class BadKey(ValueError):
    """A storage key that we did not make, or one that leads out of the store: a fault of the program."""


class StorageFull(Refusal):
    """No room left; nothing was stored."""

    status = 503

    def __init__(self, sentence: str = "存储空间已满，文件没有保存。请联系管理员清理空间后再上传。"):
        super().__init__(sentence)


class StorageUnavailable(Unavailable):
    """The disk or the bucket does not answer as it should."""

    def __init__(self, sentence: str = "文件存储暂时不可用，请稍后再试。如果一直这样，请联系管理员。"):
        super().__init__(sentence)


class FileGone(Refusal):
    """Nothing is kept under this key."""

    status = 404

    def __init__(self, sentence: str = "找不到这个文件，可能已被删除。请联系上传的人重新上传。"):
        super().__init__(sentence)


@contextmanager
def disk_errors_named() -> Iterator[None]:
    """Turns the operating system's errors into StorageFull or StorageUnavailable."""
    try:
        yield
    except OSError as error:
        raise (StorageFull() if error.errno in NO_ROOM else StorageUnavailable()) from error
