"""A disk without room: a real small one where the tests may mount, and the kernel's limit on file size anywhere."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from siyu_saas.core.files.errors import StorageFull
from siyu_saas.core.files.keys import new_key
from siyu_saas.core.files.storage import LocalStorage
from tests.support.small_disk import small_disk

TENANT = UUID("0190c0de-0000-7000-8000-000000000001")


def key() -> str:
    return new_key(TENANT, "pdf", date(2026, 11, 22), uuid4())


def files_below(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture(name="small_disk")
def mounted(tmp_path, request):
    """A mounted file system with the options given."""
    with small_disk(tmp_path, request.param) as disk:
        yield disk.folder


@pytest.mark.parametrize("small_disk", ["size=256k"], indirect=True)
def test_a_full_disk_keeps_what_it_has_and_recovers(small_disk):
    folder, old, new = LocalStorage(small_disk), key(), key()
    folder.put(old, BytesIO(b"old" * 10_000))

    with pytest.raises(StorageFull, match="存储空间已满") as full:
        folder.put(new, BytesIO(b"x" * 1_000_000))

    assert full.value.status == 503
    assert files_below(small_disk) == [small_disk / old]
    assert not folder.exists(new)
    with folder.open(old) as kept:
        assert kept.read() == b"old" * 10_000

    folder.delete(old)
    folder.put(new, BytesIO(b"x" * 100_000))

    assert files_below(small_disk) == [small_disk / new]


@pytest.mark.parametrize("small_disk", ["size=256k"], indirect=True)
def test_a_full_disk_does_not_spoil_the_file_that_is_replaced(small_disk):
    folder, name = LocalStorage(small_disk), key()
    folder.put(name, BytesIO(b"old"))

    with pytest.raises(StorageFull):
        folder.put(name, BytesIO(b"x" * 1_000_000))

    with folder.open(name) as kept:
        assert kept.read() == b"old"


@pytest.mark.parametrize("small_disk", ["size=256k,nr_inodes=3"], indirect=True)
def test_a_disk_without_room_for_another_folder_is_full(small_disk):
    with pytest.raises(StorageFull):
        LocalStorage(small_disk).put(key(), BytesIO(b"x"))

    assert files_below(small_disk) == []


@pytest.mark.parametrize("small_disk", ["size=256k"], indirect=True)
def test_no_room_for_temporary_files_is_told_too(small_disk):
    ran = subprocess.run(
        [sys.executable, "-c", SPOOLED], env=os.environ | {"TMPDIR": str(small_disk)}, capture_output=True, text=True
    )

    assert ran.stdout.split() == ["StorageFull"], ran.stderr
    assert files_below(small_disk) == []


def test_a_file_larger_than_the_kernel_allows_leaves_nothing(tmp_path):
    ran = subprocess.run([sys.executable, "-c", LIMITED, tmp_path, key()], capture_output=True, text=True, timeout=60)

    assert ran.stdout.split() == ["StorageFull"], ran.stderr
    assert files_below(tmp_path) == []


SPOOLED = """
from io import BytesIO
from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import StorageFull

try:
    accept(BytesIO(b"a,b\\n" * 1_000_000), "large.csv")
except StorageFull as full:
    print(type(full).__name__)
"""

LIMITED = """
import resource, sys
from io import BytesIO
from pathlib import Path
from siyu_saas.core.files.errors import StorageFull
from siyu_saas.core.files.storage import LocalStorage

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    LocalStorage(Path(sys.argv[1])).put(sys.argv[2], BytesIO(b"x" * 1_000_000))
except StorageFull as full:
    print(type(full).__name__)
"""
