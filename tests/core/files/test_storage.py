"""A folder and a bucket behave the same, and neither shows half a file."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from threading import Thread
from uuid import UUID, uuid4

import pytest

from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import BadKey, FileGone, StorageUnavailable
from siyu_saas.core.files.keys import new_key
from siyu_saas.core.files.storage import LocalStorage, S3Storage, storage_from
from tests.core.files.samples import photo
from tests.core.files.settings import StoreSettings

TENANT = UUID("0190c0de-0000-7000-8000-000000000001")


class Interrupted:
    """An upload whose line breaks after the first piece."""

    def __init__(self):
        self.pieces = [b"first piece"]

    def read(self, *_):
        if self.pieces:
            return self.pieces.pop()
        raise ConnectionResetError("line broke")


def key() -> str:
    return new_key(TENANT, "jpg", date(2026, 11, 22), uuid4())


def files_below(root) -> list[str]:
    return [name for _, _, names in os.walk(root) for name in names]


@pytest.mark.parametrize("body", [b"", b"x", b"0123456789" * 300_000], ids=["empty", "one byte", "3 MB"])
def test_what_was_put_can_be_opened_again(storage, body):
    name = key()

    storage.put(name, BytesIO(body))

    assert storage.exists(name)
    with storage.open(name) as kept:
        assert kept.read() == body
        assert kept.seek(0) == 0
        assert kept.read(1) == body[:1]


def test_an_accepted_upload_is_kept_as_it_was_told(storage):
    name = key()
    with accept(BytesIO(photo()), "照片.jpg") as file:
        expected = file.stream.read()
        file.stream.seek(0)
        storage.put(name, file.stream)

    with storage.open(name) as kept:
        assert kept.read() == expected


def test_putting_twice_keeps_the_second(storage):
    name = key()

    storage.put(name, BytesIO(b"first, and longer"))
    storage.put(name, BytesIO(b"second"))

    with storage.open(name) as kept:
        assert kept.read() == b"second"


def test_a_missing_file_is_gone_and_says_so(storage):
    with pytest.raises(FileGone, match="找不到这个文件") as gone:
        storage.open(key())

    assert gone.value.status == 404


def test_deleting_twice_is_fine(storage):
    name, other = key(), key()
    storage.put(name, BytesIO(b"x"))
    storage.put(other, BytesIO(b"y"))

    storage.delete(name)
    storage.delete(name)

    assert not storage.exists(name)
    assert storage.exists(other)
    with pytest.raises(FileGone):
        storage.open(name)


def test_a_line_that_breaks_leaves_the_old_file_and_nothing_else(folder):
    name = key()
    folder.put(name, BytesIO(b"old"))

    with pytest.raises(StorageUnavailable):
        folder.put(name, Interrupted())

    assert len(files_below(folder.root)) == 1
    with folder.open(name) as kept:
        assert kept.read() == b"old"


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path, depth):
    name, outside = key(), tmp_path / "outside"
    rest = name.split("/", depth + 1)[-1]
    (outside / rest).parent.mkdir(parents=True)
    (outside / rest).write_bytes(b"theirs")
    link = folder.root / name.removesuffix(f"/{rest}")
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)

    for verb in (folder.open, folder.delete, folder.exists, lambda name: folder.put(name, BytesIO(b"ours"))):
        with pytest.raises(BadKey):
            verb(name)

    assert (outside / rest).read_bytes() == b"theirs"


def test_a_file_that_is_itself_a_link_is_not_followed(folder, tmp_path):
    name = key()
    folder.put(name, BytesIO(b"x"))
    (tmp_path / "secret").write_bytes(b"secret")
    (folder.root / name).unlink()
    (folder.root / name).symlink_to(tmp_path / "secret")

    with pytest.raises(BadKey):
        folder.open(name)


def test_links_that_run_in_a_circle_lead_nowhere(folder):
    name = key()
    folder.root.mkdir()
    (folder.root / str(TENANT)).symlink_to(folder.root / str(TENANT))

    with pytest.raises(StorageUnavailable):
        folder.open(name)


def test_the_folder_itself_may_be_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "files").symlink_to(tmp_path / "disk")
    name = key()

    LocalStorage(tmp_path / "files").put(name, BytesIO(b"x"))

    assert (tmp_path / "disk" / name).read_bytes() == b"x"


def test_a_folder_that_is_a_file_is_out_of_order(tmp_path):
    (tmp_path / "files").write_bytes(b"")

    with pytest.raises(StorageUnavailable, match="请稍后再试"):
        LocalStorage(tmp_path / "files").put(key(), BytesIO(b"x"))


def test_readers_beside_a_writer_see_whole_files_only(folder):
    name, sizes = key(), set()
    folder.put(name, BytesIO(b"a" * 300_000))
    writer = Thread(target=lambda: [folder.put(name, BytesIO(b"b" * 200_000)) for _ in range(20)])

    writer.start()
    while writer.is_alive():
        with folder.open(name) as kept:
            body = kept.read()
        sizes.add((len(body), body[:1], body[-1:]))
    writer.join()

    assert sizes <= {(300_000, b"a", b"a"), (200_000, b"b", b"b")}


def test_a_bucket_keeps_its_prefix(bucket):
    name = key()

    S3Storage(bucket.client, bucket.bucket, prefix="siyu/").put(name, BytesIO(b"x"))

    listed = bucket.client.list_objects_v2(Bucket=bucket.bucket)["Contents"]
    assert [entry["Key"] for entry in listed] == [f"siyu/{name}"]


@pytest.mark.parametrize("verb", ["put", "open", "delete", "exists"])
def test_a_bucket_that_does_not_answer_is_out_of_order(tmp_path, verb):
    nobody = storage_from(StoreSettings(tmp_path, s3_bucket="b", s3_endpoint="http://127.0.0.1:9"))
    more = [BytesIO(b"x")] if verb == "put" else []

    with pytest.raises(StorageUnavailable):
        getattr(nobody, verb)(key(), *more)

    nobody.client.close()


def test_a_bucket_that_is_missing_is_out_of_order_not_a_missing_file(bucket):
    elsewhere = S3Storage(bucket.client, "no-such-bucket-here")

    with pytest.raises(StorageUnavailable):
        elsewhere.open(key())
    with pytest.raises(StorageUnavailable):
        elsewhere.put(key(), BytesIO(b"x"))


def test_a_folder_does_not_pay_for_the_bucket():
    imported = (
        "import sys; from pathlib import Path; from siyu_saas.core.files import content, storage; "
        "storage.LocalStorage(Path('.')); print([m for m in ('boto3', 'botocore', 'flask', 'sqlalchemy') "
        "if m in sys.modules])"
    )

    ran = subprocess.run([sys.executable, "-c", imported], capture_output=True, text=True, timeout=60)

    assert ran.stdout.strip() == "[]", ran.stderr


@pytest.mark.parametrize(
    ("addressing", "place"),
    [
        ("auto", "https://oss-cn-hangzhou.aliyuncs.com/siyu/"),
        ("path", "https://oss-cn-hangzhou.aliyuncs.com/siyu/"),
        ("virtual", "https://siyu.oss-cn-hangzhou.aliyuncs.com/"),
    ],
)
def test_the_name_of_the_bucket_stands_where_the_store_wants_it(tmp_path, addressing, place):
    endpoint = "https://oss-cn-hangzhou.aliyuncs.com"
    oss = storage_from(StoreSettings(tmp_path, s3_bucket="siyu", s3_endpoint=endpoint, s3_addressing=addressing))

    signed = oss.client.generate_presigned_url("get_object", Params={"Bucket": oss.bucket, "Key": key()})

    assert signed.startswith(f"{place}{TENANT}/2026/")
    oss.client.close()
