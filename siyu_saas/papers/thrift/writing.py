"""The file: each object put together once, numbers from memory, compression at its usual level."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache

import pydyf
from weasyprint.pdf.stream import Stream

from .replacing import as_it_was, replace, replace_method

COMPRESSION = 6
NUMBERS_KEPT = 1 << 16

written: dict[int, bytes] | None = None


def install() -> None:
    replace(pydyf._to_bytes, to_bytes)
    replace_method(pydyf.PDF, "write", write)
    replace_method(Stream, "stacked", lambda stream: Stacked(stream))
    replace_method(Stream, "marked", lambda stream, box, tag: Marked(stream, box, tag))
    pydyf.Stream.data = property(once(stream_data))
    pydyf.Dictionary.data = property(once(dictionary_data))
    pydyf.Array.data = property(array_data)


def write(pdf, *args, **options) -> None:
    """What is written twice, into the file and into its identifier, is put together once."""
    global written
    written = {}
    try:
        as_it_was["write"](pdf, *args, **options)
    finally:
        written = None


def once(data: Callable[..., bytes]) -> Callable[..., bytes]:
    def known(item) -> bytes:
        if written is None or item.number is None:
            return data(item)
        found = written.get(item.number)
        if found is None:
            found = written[item.number] = data(item)
        return found

    return known


def to_bytes(item) -> bytes:
    kind = type(item)
    if kind is bytes:
        return item
    if kind is str or kind is int:
        return str(item).encode("ascii")
    if kind is float:
        return number(item)
    return item.data if isinstance(item, pydyf.Object) else as_it_was["_to_bytes"](item)


@lru_cache(NUMBERS_KEPT)
def number(item: float) -> bytes:
    return str(int(item)).encode("ascii") if item.is_integer() else f"{item:f}".rstrip("0").encode("ascii")


def dictionary_data(items) -> bytes:
    return b"<<%b>>" % b"".join([b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in items.items()])


def array_data(items) -> bytes:
    return b"[%b]" % b" ".join([to_bytes(item) for item in items])


def stream_data(stream) -> bytes:
    content = b"\n".join([item if type(item) is bytes else to_bytes(item) for item in stream.stream])
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, COMPRESSION)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


class Stacked:
    def __init__(self, stream) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        self.stream.push_state()

    def __exit__(self, *_error) -> None:
        self.stream.pop_state()


class Marked:
    def __init__(self, stream, box, tag: str) -> None:
        self.stream, self.box, self.tag = stream, box, tag

    def __enter__(self) -> None:
        stream, tags = self.stream, self.stream._tags
        if tags is not None:
            place = len(tags)
            tags[self.box] = {"tag": self.tag, "mcid": place}
            stream.begin_marked_content(self.tag, f"<</MCID {place}>>")

    def __exit__(self, *_error) -> None:
        if self.stream._tags is not None:
            self.stream.end_marked_content()
