"""An upload on its way: small ones in memory, larger ones in a temporary file, never more than the limit."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from siyu_saas.core.files.errors import TooLarge, disk_errors_named
from siyu_saas.core.files.formats import MB

HEAD_BYTES = 1024
CHUNK_BYTES = 64 * 1024
MEMORY_LIMIT_BYTES = 1 * MB


def read_head(stream: BinaryIO) -> bytes:
    """The first HEAD_BYTES, also from a stream that hands out less than it is asked for."""
    head = b""
    while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
        head += more
    return head


def spooled(head: bytes, stream: BinaryIO, *, limit_bytes: int, too_large: str) -> BinaryIO:
    """`head` and the rest of the stream as one seekable file at position 0; the caller closes it.

    Reads at most one byte more than the limit. Raises TooLarge with the sentence given, StorageFull when the disk
    for temporary files is full.
    """
    spool = SpooledTemporaryFile(max_size=MEMORY_LIMIT_BYTES)  # noqa: SIM115 - lives on in the answer
    try:
        left = limit_bytes - _write(spool, head)
        while left >= 0 and (chunk := stream.read(min(CHUNK_BYTES, left + 1))):
            left -= _write(spool, chunk)
        if left < 0:
            raise TooLarge(too_large)
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool


def _write(spool: BinaryIO, chunk: bytes) -> int:
    with disk_errors_named():
        return spool.write(chunk)
