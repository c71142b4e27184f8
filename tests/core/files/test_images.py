"""Pictures come out upright, in plain colours, and without what travelled along."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import BrokenFile, TooLarge
from siyu_saas.core.files.formats import Limits
from siyu_saas.core.files.images import UPRIGHT
from tests.core.files import samples
from tests.core.files.samples import noise, photo, saved

RED, BLUE = (255, 0, 0), (0, 0, 255)
METADATA = (b"Exif", b"GPS", b"ICC", b"iCCP", b"tEXt", b"eXIf", b"EXIF", b"XMP ", b"taken at home", b"Zhang")


def taken(body: bytes, name: str = "照片.jpg", **limits) -> tuple[Image.Image, bytes]:
    """The stored picture, loaded, and its bytes; the sizes told are compared on the way."""
    with accept(BytesIO(body), name, limits=Limits(**limits)) as file:
        stored = file.stream.read()
    picture = Image.open(BytesIO(stored))
    picture.load()
    assert (file.width_px, file.height_px) == picture.size
    assert file.size_bytes == len(stored)
    return picture, stored


def half_red() -> Image.Image:
    """64 × 32, the left half red, the right half blue."""
    picture = Image.new("RGB", (64, 32), BLUE)
    picture.paste(RED, (0, 0, 32, 32))
    return picture


def near(pixel, colour, tolerance=40) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_maker_comment_and_profile_stay_behind(form):
    original = Image.open(BytesIO(photo()))
    exif = original.getexif()
    assert exif.get_ifd(samples.GPS_IFD)[2] == samples.SECRET_PLACE
    body = saved(original, form, exif=exif, icc_profile=original.info["icc_profile"])

    picture, stored = taken(body)

    assert samples.SECRET_MAKE.encode() in body
    assert not picture.getexif()
    assert not any(mark in stored for mark in METADATA)


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_turned_photo_stands_upright(orientation):
    back = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    as_the_sensor_saw_it = half_red().transpose(UPRIGHT[back])

    picture, _ = taken(photo(orientation, as_the_sensor_saw_it))

    assert picture.size == (64, 32)
    assert near(picture.getpixel((8, 16)), RED)
    assert near(picture.getpixel((56, 16)), BLUE)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("block", [b"Exif\x00\x00nonsense", b"Exif\x00\x00II*\x00\xff\xff\xff\xff", b"Exif\x00\x00"])
def test_an_unreadable_exif_block_does_not_spoil_the_photo(block):
    picture, _ = taken(saved(half_red(), "JPEG", exif=block))

    assert picture.size == (64, 32)


def test_a_photo_in_printing_colours_becomes_rgb():
    picture, _ = taken(saved(half_red().convert("CMYK"), "JPEG"))

    assert picture.mode == "RGB"
    assert near(picture.getpixel((8, 16)), RED)


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_transparency_of_a_palette_survives(form):
    palette = Image.new("P", (16, 16), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.paste(0, (0, 0, 8, 16))

    picture, _ = taken(saved(palette, form, transparency=0))

    assert picture.mode == "RGBA"
    assert picture.getpixel((2, 2))[3] == 0
    assert picture.getpixel((12, 2)) == (*BLUE, 255)


def test_a_transparent_webp_stays_transparent():
    picture, _ = taken(saved(Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "WEBP"))

    assert picture.getpixel((2, 2))[3] == 0


def test_sixteen_bits_of_grey_are_scaled_not_clipped():
    grey = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 0x4000, 0xFFFF)):
        grey.putpixel((x, 0), value)

    picture, _ = taken(saved(grey, "PNG"))

    assert [picture.getpixel((x, 0)) for x in range(3)] == [0, 64, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_is_taken(mode):
    picture, _ = taken(saved(noise().convert(mode), "PNG"))

    assert picture.format == "PNG"


def test_only_the_first_frame_of_a_moving_picture_is_kept():
    picture, _ = taken(saved(half_red(), "GIF", save_all=True, append_images=[half_red().rotate(180)]))

    assert picture.format == "PNG"
    assert getattr(picture, "n_frames", 1) == 1
    assert near(picture.convert("RGB").getpixel((8, 16)), RED)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_the_longest_side_is_brought_down(form):
    picture, _ = taken(saved(Image.new("RGB", (5_000, 50), RED), form))

    assert picture.size == (4_096, 41)


def test_a_small_picture_is_not_blown_up():
    picture, _ = taken(saved(half_red(), "PNG"))

    assert picture.size == (64, 32)


def test_more_pixels_than_the_limit_are_refused_before_decoding():
    no_rows_at_all = samples.png_header(1_001, 1_000)

    with pytest.raises(TooLarge, match="超过 100 万像素"):
        taken(no_rows_at_all, image_megapixels=1)


def test_the_answer_is_the_same_twice():
    first, second = taken(photo())[1], taken(photo())[1]

    assert first == second


def test_leniency_asked_for_elsewhere_is_ignored_and_restored(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = photo()

    with pytest.raises(BrokenFile):
        accept(BytesIO(whole[: len(whole) // 2]), "半张.jpg")

    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.slow
def test_half_a_photo_is_refused_after_weasyprint_was_imported(tmp_path):
    whole = photo()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])

    ran = subprocess.run(
        [sys.executable, "-c", AFTER_WEASYPRINT, tmp_path / "half.jpg"], capture_output=True, text=True, timeout=60
    )

    assert ran.stdout.split() == ["True", "BrokenFile", "True"], ran.stderr


AFTER_WEASYPRINT = """
import sys
import weasyprint
from PIL import ImageFile
from siyu_saas.core.files.content import accept

print(ImageFile.LOAD_TRUNCATED_IMAGES)
try:
    with open(sys.argv[1], "rb") as half:
        accept(half, "half.jpg")
except ValueError as refused:
    print(type(refused).__name__)
print(ImageFile.LOAD_TRUNCATED_IMAGES)
"""
