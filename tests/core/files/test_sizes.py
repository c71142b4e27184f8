"""How much is read, how much is kept, and what is told about it."""

import hashlib
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import FileRefused, TooLarge
from siyu_saas.core.files.formats import MB, Limits
from tests.core.files.samples import PDF, noise, photo, saved, workbook


class Line:
    """A stream that cannot seek, hands out small pieces, and knows how much was taken."""

    def __init__(self, body: bytes, piece_bytes: int = 700):
        self.body, self.piece_bytes, self.read_bytes = BytesIO(body), piece_bytes, 0

    def read(self, size: int) -> bytes:
        piece = self.body.read(min(size, self.piece_bytes))
        self.read_bytes += len(piece)
        return piece


def pdf_of(size_bytes: int) -> bytes:
    return b"%PDF-1.7\n" + b"x" * (size_bytes - 15) + b"\n%%EOF"


def test_a_file_of_exactly_the_limit_is_taken():
    with accept(BytesIO(pdf_of(MB)), "a.pdf", limits=Limits(file_mb=1)) as file:
        assert file.size_bytes == MB


@pytest.mark.parametrize(
    ("body", "name", "sentence"),
    [
        (pdf_of(3 * MB), "a.pdf", "文件超过 1 MB"),
        (b"a,b\n" * MB, "a.csv", "文件超过 1 MB"),
        (saved(noise((1_000, 1_000)), "PNG"), "a.png", "图片超过 1 MB"),
        (workbook({"noise": noise((1_000, 1_000)).tobytes()}), "a.xlsx", "文件超过 1 MB"),
    ],
    ids=["pdf", "csv", "png", "xlsx"],
)
def test_no_more_than_one_byte_over_the_limit_is_read(body, name, sentence):
    line = Line(body, piece_bytes=100_000)

    with pytest.raises(TooLarge, match=sentence):
        accept(line, name, limits=Limits(file_mb=1, image_mb=1))

    assert line.read_bytes == MB + 1


@pytest.mark.parametrize("body", [PDF, photo(), workbook(), b"a,b\n1,2\n"], ids=["pdf", "jpg", "xlsx", "csv"])
def test_a_stream_in_small_pieces_that_cannot_seek_gives_the_same(body):
    with accept(Line(body, piece_bytes=3), "a.csv") as slow, accept(BytesIO(body), "a.csv") as quick:
        assert slow.sha256 == quick.sha256
        assert slow.stream.read() == quick.stream.read()


def test_size_and_hash_are_of_the_stored_bytes():
    with accept(BytesIO(photo()), "a.jpg") as file:
        stored = file.stream.read()

        assert file.stream.seek(0) == 0
        assert file.size_bytes == len(stored)
        assert file.sha256 == hashlib.sha256(stored).hexdigest()
        assert stored != photo()


def test_an_upload_is_read_from_where_it_stands():
    stream = BytesIO(b"HEADER" + PDF)
    stream.seek(6)

    with accept(stream, "a.pdf") as file:
        assert file.stream.read() == PDF


def test_fifty_megabytes_do_not_settle_in_memory(tmp_path):
    with (tmp_path / "large.csv").open("wb") as large:
        for _ in range(49):
            large.write(b"13800138000,1\n" * (MB // 14))

    ran = subprocess.run(
        [sys.executable, "-c", GROWTH, tmp_path / "large.csv"], capture_output=True, text=True, timeout=60
    )

    assert int(ran.stdout) < 16 * 1024, ran.stderr


GROWTH = """
import resource, sys
from siyu_saas.core.files.content import accept

before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as large, accept(large, "large.csv"):
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb)
"""

WHOLE = [
    PDF,
    photo(6),
    workbook(),
    "客户,金额\n".encode(),
    saved(noise((9, 9), "LA"), "PNG"),
    saved(noise((9, 9)), "GIF"),
]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_of_any_kind_is_taken_or_refused_but_never_a_fault(data):
    body = bytearray(data.draw(st.sampled_from(WHOLE)))
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(body) - 1), st.integers(0, 255)), max_size=8)):
        body[at] = value
    end = data.draw(st.integers(0, len(body)))

    told = outcome(bytes(body[:end]), data.draw(st.sampled_from(["a.csv", "a.png", "a"])))

    assert told == "taken" or told.endswith("。")
    assert end or told.startswith("文件是空的")


def outcome(body: bytes, name: str) -> str:
    try:
        accept(BytesIO(body), name).close()
    except FileRefused as refused:
        return str(refused)
    return "taken"
