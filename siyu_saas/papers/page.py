"""From frozen data to the HTML that is printed. The same data always gives the same page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from siyu_saas.signing.rules import grouped

from .kinds import PaperKind
from .models import Paper
from .rules import attachments_of, cut, snapshot, with_contents

QR_SCALE = 4


@dataclass(frozen=True)
class Sheet:
    """A page ready to print, the pictures it names (`paper:///<name>`), and files to attach: (name, content)."""

    html: str
    pictures: Mapping[str, bytes]
    attachments: list[tuple[str, bytes]]
    made_at: datetime


@dataclass(frozen=True)
class Imprint:
    """What stands on every page, and in the document's properties."""

    title: str
    edition: str
    snapshot: str
    code: str
    verify_url: str
    made_at: datetime
    author: str


def page_of(kind: PaperKind, paper: Paper, *, base_url: str) -> Sheet:
    code = grouped(paper.code)
    imprint = Imprint(
        paper.title,
        paper.edition,
        snapshot(paper.sha256),
        code,
        f"{base_url}/verify/{code}",
        paper.made_at,
        current_app.config["SETTINGS"].product_name,
    )
    return sheet_of(kind, paper.data, imprint)


def sheet_of(kind: PaperKind, data: Mapping[str, Any], imprint: Imprint) -> Sheet:
    template = current_app.jinja_env.get_template(kind.template)
    page = template.render(data=data, figures=kind.figures(data), imprint=imprint, cut=cut)
    return Sheet(with_contents(page), {"qr.png": _qr(imprint.verify_url)}, attachments_of(data), imprint.made_at)


def _qr(address: str) -> bytes:
    import segno

    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=QR_SCALE, border=0)
    return picture.getvalue()
