"""Pictures are drawn anew: what Pillow can read in full is kept, and nothing that travelled along with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from PIL import Image, ImageFile
from PIL.Image import Transpose

from siyu_saas.core.files.errors import BrokenFile, TooLarge
from siyu_saas.core.files.formats import JPEG, PNG, WEBP, Checked, Format, Limits

READ_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
STORED_AS = {"PNG": PNG, "JPEG": JPEG, "MPO": JPEG, "WEBP": WEBP, "GIF": PNG}  # MPO: a phone's JPEG with a second view
SAVE_OPTIONS = {
    PNG: {"format": "PNG"},
    JPEG: {"format": "JPEG", "quality": 88},
    WEBP: {"format": "WEBP", "quality": 88},
}
SHRINKABLE = {"L", "RGB", "RGBA", "CMYK"}  # colours may be mixed: no palette, no colour that means "transparent"
ORIENTATION_TAG = 0x0112
UPRIGHT = {  # EXIF 2.32, tag 274: how the stored picture has to be turned to stand upright
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}

BROKEN = "图片已损坏或没有传完整，请重新保存或拍摄后再上传。"

_one_at_a_time = Lock()


def redrawn(upload: BinaryIO, limits: Limits) -> Checked:
    """The first frame, upright, 8 bits a channel, without metadata, its longest side at most the limit.

    Raises BrokenFile, or TooLarge before anything is decoded.
    """
    with _strict_decoding():
        picture, turn, stored_as = _decoded(upload, limits)
    if turn is not None:
        picture = picture.transpose(turn)
    return Checked(stored_as, _encoded(picture, stored_as), *picture.size)


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """Half a picture is refused, whatever the process asked for (importing WeasyPrint asks for leniency).

    The switch is global to Pillow, hence the lock; it also keeps two large pictures from being unpacked at once.
    """
    with _one_at_a_time:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decoded(upload: BinaryIO, limits: Limits) -> tuple[Image.Image, Transpose | None, Format]:
    """The picture, how to turn it, and the format to store it in."""
    box = (limits.image_longest_side_px, limits.image_longest_side_px)
    try:
        image = Image.open(upload, formats=READ_FORMATS)
        _refuse_many_pixels(image, limits)
        image.draft(None, box)
        image.load()
        return _plain(image, box), _turn(image), STORED_AS[image.format]
    except TooLarge:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(limits) from error
    except Exception as error:  # Pillow's decoders raise anything at all on damaged input
        raise BrokenFile(BROKEN) from error


def _refuse_many_pixels(image: Image.Image, limits: Limits) -> None:
    if image.width * image.height > limits.image_megapixels * 1_000_000:
        raise _too_many_pixels(limits)


def _too_many_pixels(limits: Limits) -> TooLarge:
    return TooLarge(f"图片像素太多（超过 {limits.image_megapixels * 100:,} 万像素），请缩小尺寸后再上传。")


def _plain(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Within the box, in mode L, RGB or RGBA, carrying nothing but pixels: no EXIF, profile, comment or text chunk."""
    if image.mode in SHRINKABLE and "transparency" not in image.info:
        image.thumbnail(box)  # before the copy below, which would be as large again
    if image.mode.startswith("I"):  # 16 bits of grey; `convert` alone would clip instead of scale
        plain = image.point(lambda value: value / 256).convert("L")
    elif image.has_transparency_data:
        plain = image.convert("RGBA")
    else:
        plain = image.convert("L" if image.mode in ("1", "L") else "RGB")
    plain.thumbnail(box)
    plain.info = {}
    return plain


def _turn(image: Image.Image) -> Transpose | None:
    """None when the tag is missing or its block cannot be read: that spoils no picture."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION_TAG))
    except Exception:
        return None


def _encoded(picture: Image.Image, stored_as: Format) -> BinaryIO:
    stream = BytesIO()
    picture.save(stream, **SAVE_OPTIONS[stored_as])
    stream.seek(0)
    return stream
