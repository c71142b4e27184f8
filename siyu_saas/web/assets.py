"""Static files, kept in memory and served under one address that changes whenever any of them does.

One version for all of them means that the relative imports of ES modules are versioned without being rewritten.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request

from siyu_saas.web.routes import open_to

STATIC = Path(__file__).resolve().parent.parent / "static"
PREFIX = "/static"
STYLE_SHEET = "css/app.css"
STYLE_ORDER = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components/*.css",
    "css/utilities.css",
    "css/print.css",
)
YEAR_SECONDS = 31_536_000
VERSION_LENGTH = 10
MIMETYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}
TEXT = ("text/", "image/svg+xml", "application/json")
GZIP_FROM_BYTES = 512


class UnknownAsset(LookupError):
    """A template asks for a static file that does not exist."""


def init_assets(app: Flask) -> None:
    """Register the route "asset" and the template global `asset(name)`; in debug, changed files are read again."""
    assets = Assets(STATIC)

    def current() -> Assets:
        if app.debug:
            assets.reread_if_changed()
        return assets

    @open_to("everyone")
    def serve(version: str, name: str) -> Response:
        return answer(current(), version, name)

    app.add_url_rule(f"{PREFIX}/<string:version>/<path:name>", endpoint="asset", view_func=serve)
    app.jinja_env.globals["asset"] = lambda name: current().url(name)


class Assets:
    """Every file below a folder, by its path there, plus the style sheet put together from its parts."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.read()

    def read(self) -> None:
        self.stamp = self.newest_change()
        contents = {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in self.paths()}
        contents[STYLE_SHEET] = style_sheet(contents).encode()
        self.files = {name: Asset(content, mimetype(name)) for name, content in contents.items()}
        self.version = short_hash(b"".join(name.encode() + contents[name] for name in sorted(contents)))

    def reread_if_changed(self) -> None:
        if self.newest_change() != self.stamp:
            self.read()

    def newest_change(self) -> tuple[int, int]:
        """Number of files and latest modification time, in nanoseconds."""
        times = [path.stat().st_mtime_ns for path in self.paths()]
        return len(times), max(times, default=0)

    def paths(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file() and not path.name.startswith(".")]

    def url(self, name: str) -> str:
        """The address of a file, built without `url_for` so that error pages of refused hosts can use it too.

        Raises UnknownAsset.
        """
        if name not in self.files:
            raise UnknownAsset(f"{name} is not in {self.folder}")
        return f"{PREFIX}/{self.version}/{name}"


@dataclass(frozen=True)
class Asset:
    content: bytes
    mimetype: str

    @cached_property
    def etag(self) -> str:
        return short_hash(self.content)

    @cached_property
    def gzipped(self) -> bytes | None:
        """The content compressed, or None where compression is not worth it."""
        if len(self.content) < GZIP_FROM_BYTES or not self.mimetype.startswith(TEXT):
            return None
        return gzip.compress(self.content, compresslevel=9, mtime=0)


def answer(assets: Assets, version: str, name: str) -> Response:
    asset = assets.files.get(name) or abort(404)
    zipped = asset.gzipped is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.gzipped if zipped else asset.content, mimetype=asset.mimetype)
    response.set_etag(f"{asset.etag}-gz" if zipped else asset.etag)
    if zipped:
        response.content_encoding = "gzip"
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
    remember(response, for_ever=version == assets.version)
    return response.make_conditional(request)


def remember(response: Response, *, for_ever: bool) -> None:
    if for_ever:
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"


def style_sheet(contents: dict[str, bytes]) -> str:
    """The CSS files in their declared order, components sorted by name, without comments and spare whitespace."""
    names = [name for pattern in STYLE_ORDER for name in sorted(contents) if Path(name).match(pattern)]
    return "".join(squeezed(contents[name].decode()) for name in names)


def squeezed(css: str) -> str:
    """The same CSS, shorter; quoted strings are left as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"""("[^"]*"|'[^']*')|\s+""", lambda found: found[1] or " ", css)
    css = re.sub(r"""("[^"]*"|'[^']*')|\s?;?\s?(})\s?|\s?([{;,])\s?|(:)\s""", lambda found: found[found.lastindex], css)
    return css.strip()


def mimetype(name: str) -> str:
    """Named here for what browsers refuse to run under a wrong name; the machine's own table knows the rest."""
    guess = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return MIMETYPES.get(Path(name).suffix, guess)


def short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:VERSION_LENGTH]
