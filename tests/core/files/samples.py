"""Files as people, phones and attackers make them."""

import struct
import zipfile
import zlib
from io import BytesIO
from random import Random

from PIL import Image

GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
SECRET_MAKE = "PhoneOfZhangSan"
SECRET_PLACE = (30.0, 15.0, 47.25)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
    + b"\x00" * 200
    + b"This program cannot be run in DOS mode."
)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
OLD_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 64


def noise(size=(96, 64), mode="RGB") -> Image.Image:
    """A picture that does not pack to nothing, the same at every run."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, Random(7).randbytes(size[0] * size[1] * bands))


def saved(image: Image.Image, form: str, **options) -> bytes:
    stream = BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def photo(orientation: int | None = None, image: Image.Image | None = None) -> bytes:
    """A phone's JPEG: maker, place, comment and colour profile inside."""
    exif = Image.Exif()
    exif[MAKE] = SECRET_MAKE
    exif.get_ifd(GPS_IFD).update({1: "N", 2: SECRET_PLACE, 3: "E", 4: (120.0, 9.0, 3.0)})
    if orientation:
        exif[ORIENTATION] = orientation
    image = image or noise()
    return saved(image, "JPEG", exif=exif, comment=b"taken at home", icc_profile=b"profile" * 20, quality=95)


def png_header(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that declares a size; `data` are the packed rows."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return stream.getvalue()


def workbook(extra: dict[str, bytes] | None = None, *, types: bytes = b"<Types/>", **options) -> bytes:
    parts = {"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<sheet/>"}
    return zipped(parts | (extra or {}), **options)


def encrypted(archive: bytes) -> bytes:
    """The archive with the encryption flag set at every entry."""
    changed = bytearray(archive)
    for signature, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + flag_at] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def declaring(archive: bytes, size_bytes: int) -> bytes:
    """The archive whose directory declares another unpacked size for its last entry."""
    at = archive.rfind(b"PK\x01\x02") + 24
    return archive[:at] + struct.pack("<I", size_bytes) + archive[at + 4 :]
