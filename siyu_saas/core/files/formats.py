"""The formats that are kept, and how much of each is taken."""

from dataclasses import dataclass
from typing import BinaryIO, Literal

IMAGE_LIMIT_MB = 20
FILE_LIMIT_MB = 50
IMAGE_LIMIT_MEGAPIXELS = 50
IMAGE_LONGEST_SIDE_PX = 4096
WORKBOOK_LIMIT_ENTRIES = 2_000
WORKBOOK_LIMIT_UNPACKED_MB = 200
WORKBOOK_LIMIT_RATIO = 100
MB = 1024 * 1024

Kind = Literal["image", "pdf", "table", "text"]


@dataclass(frozen=True)
class Limits:
    image_mb: int = IMAGE_LIMIT_MB
    file_mb: int = FILE_LIMIT_MB
    image_megapixels: int = IMAGE_LIMIT_MEGAPIXELS
    image_longest_side_px: int = IMAGE_LONGEST_SIDE_PX
    workbook_entries: int = WORKBOOK_LIMIT_ENTRIES
    workbook_unpacked_mb: int = WORKBOOK_LIMIT_UNPACKED_MB
    workbook_ratio: int = WORKBOOK_LIMIT_RATIO


LIMITS = Limits()


@dataclass(frozen=True)
class Format:
    kind: Kind
    media_type: str
    extension: str


JPEG = Format("image", "image/jpeg", "jpg")
PNG = Format("image", "image/png", "png")
WEBP = Format("image", "image/webp", "webp")
PDF = Format("pdf", "application/pdf", "pdf")
XLSX = Format("table", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
CSV = Format("table", "text/csv", "csv")
TXT = Format("text", "text/plain", "txt")


@dataclass(frozen=True)
class Checked:
    """What a check found: the format, and the bytes to store (the upload itself, or an image drawn anew)."""

    format: Format
    stream: BinaryIO
    width_px: int | None = None
    height_px: int | None = None
