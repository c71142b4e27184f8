"""HTML to PDF. Workers only: WeasyPrint, imported here and in `thrift`, loosens Pillow for the whole process."""

from __future__ import annotations

import gc
import logging
import os
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import weasyprint
from cssselect2 import ElementWrapper
from fontTools.ttLib import TTFont
from weasyprint.html import UA_COUNTER_STYLE
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .page import Sheet
from .rules import printable
from .thrift import be_thrifty
from .thrift.boxes import lean_user_agent_style

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FAMILIES = {
    "Siyu Sans": (("siyu-sans-400.ttf", 400), ("siyu-sans-700.ttf", 700)),
    "Siyu Rare": (("siyu-sans-rare.otf", 400),),
    "Siyu Emoji": (("siyu-emoji.ttf", 400),),
}
ALWAYS, *RARELY = FAMILIES
SCHEME = "paper:///"
VARIANT = "pdf/a-3a"
ACCESSIBLE = (HERE / "accessible.xml").read_bytes()
PICTURES = ("data:image/png;", "data:image/jpeg;", "data:image/svg+xml;")

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Refused(ValueError):
    """Something outside the house was asked for."""


class BundledOnly(URLFetcher):
    """Serves the sheet's own pictures; files and networks do not exist."""

    def __init__(self, pictures) -> None:
        super().__init__(allowed_protocols=("data", "paper"), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url, headers=None):
        if url.startswith(PICTURES):
            return super().fetch(url, headers)
        name = url.removeprefix(SCHEME)
        if name == url:
            raise Refused(url)
        if name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name])
        raise Refused(url)


def write_pdf(sheet: Sheet) -> tuple[bytes, int]:
    """(content, number of pages). The cyclic garbage collector rests meanwhile: it is a third of the time."""
    page = printable(sheet.html, covered)
    be_thrifty()
    gc.disable()
    try:
        document = _laid_out(page, sheet)
        document.metadata.generate_rdf_metadata = _accessible_too(document.metadata.generate_rdf_metadata)
        content = document.write_pdf(pdf_variant=VARIANT, attachments=_attachments(sheet))
    finally:
        gc.enable()
    return content, len(document.pages)


def covered(character: str) -> bool:
    return any(ord(character) in characters for characters in coverage().values())


@cache
def house_style() -> weasyprint.CSS:
    return weasyprint.CSS(string=(HERE / "style.css").read_text(), base_url=SCHEME, url_fetcher=BundledOnly({}))


@cache
def user_agent_style() -> weasyprint.CSS:
    return weasyprint.CSS(string=lean_user_agent_style(), counter_style=UA_COUNTER_STYLE)


@cache
def coverage() -> dict[str, frozenset[int]]:
    """Which characters each family has."""
    return {family: frozenset(_characters(FONTS / faces[0][0])) for family, faces in FAMILIES.items()}


def _characters(path: Path) -> list[int]:
    with TTFont(path, lazy=True) as font:
        return list(font.getBestCmap())


class OwnFonts(FontConfiguration):
    """Without the fonts of the machine, so that a PDF is the same everywhere; ours are read where they lie,
    under the names that `fonts.conf` gives them.

    The engine's own way, `@font-face`, copies each font into a folder that stays behind when the process is killed.
    """

    def __init__(self, page: str) -> None:
        os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
        super().__init__()
        for name in fonts_for(page):
            if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(FONTS / name)):
                raise FileNotFoundError(name)
        pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))


def fonts_for(page: str) -> list[str]:
    """The files of those families that the page needs: loading the rare ones costs time."""
    rest, needed = {ord(one) for one in set(page)} - coverage()[ALWAYS], [ALWAYS]
    for family in RARELY:
        if rest & coverage()[family]:
            needed.append(family)
            rest -= coverage()[family]
    return [name for family in needed for name, _weight in FAMILIES[family]]


class Leaf(weasyprint.HTML):
    """Our own pages are well-formed, so that the quick parser reads them; any other page is read as a browser would."""

    def __init__(self, page: str, fetcher: BundledOnly) -> None:
        try:
            root = ElementTree.fromstring(page)
        except ElementTree.ParseError:
            super().__init__(string=page, url_fetcher=fetcher, base_url=SCHEME)
            return
        self.base_url, self.url_fetcher, self.media_type = SCHEME, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root

    def _ua_stylesheets(self, forms=False):
        return [user_agent_style()]


def _laid_out(page: str, sheet: Sheet):
    leaf = Leaf(page, BundledOnly(sheet.pictures))
    return leaf.render(font_config=OwnFonts(page), stylesheets=[house_style()], pdf_variant=VARIANT)


def _accessible_too(describe):
    """The engine declares one standard for a file; ours is archival (PDF/A-3a) and accessible (PDF/UA-1)."""

    def described(*variant) -> bytes:
        return describe(*variant).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")

    return described


def _attachments(sheet: Sheet) -> list[weasyprint.Attachment]:
    return [
        weasyprint.Attachment(
            string=content,
            name=name,
            description=name,
            created=sheet.made_at,
            modified=sheet.made_at,
            relationship="Data",
        )
        for name, content in sheet.attachments
    ]
