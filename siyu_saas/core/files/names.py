"""A file's name as people see it: theirs, without what harms a page, a header or a disk."""

import re
import unicodedata

from ..text import ZERO_WIDTH_JOINER, without_invisible

NAME_LIMIT = 120  # code points, with the extension
RAW_NAME_LIMIT = 4_096  # code points looked at, counted from the end, where the file's own name stands
UNNAMED = "未命名文件"
KNOWN_SUFFIXES = {
    *("jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "heic", "heif"),
    *("pdf", "xlsx", "xlsm", "xls", "csv", "txt"),
}

_FORBIDDEN_ON_DISKS = re.compile(r'[<>:"|?*]')
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def tidy_name(raw: str | None) -> str:
    """The name in NFC on one line, without folders and without control, zero-width or direction marks.

    Letters outside the basic plane and emoji survive. May be empty and of any length up to RAW_NAME_LIMIT:
    `with_extension` finishes it.
    """
    last_part = re.split(r"[/\\]", (raw or "")[-RAW_NAME_LIMIT:])[-1]
    name = unicodedata.normalize("NFC", without_invisible(last_part))
    return " ".join(_FORBIDDEN_ON_DISKS.sub("_", name).split()).strip(". ")


def suffix_of(tidy: str) -> str:
    """The lower-case suffix without its dot; empty when there is none."""
    return tidy.rpartition(".")[2].lower() if "." in tidy else ""


def with_extension(tidy: str, extension: str) -> str:
    """The tidy name with our extension in place of a known one, at most NAME_LIMIT code points.

    A suffix that is not an accepted file's stays part of the name: `工资.exe` holding a photo becomes `工资.exe.jpg`.
    """
    stem = tidy.rpartition(".")[0] if suffix_of(tidy) in KNOWN_SUFFIXES else tidy
    if _WINDOWS_DEVICE.match(stem):
        stem = f"_{stem}"
    room = NAME_LIMIT - len(extension) - 1
    return f"{stem[:room].rstrip('. ' + ZERO_WIDTH_JOINER) or UNNAMED}.{extension}"
