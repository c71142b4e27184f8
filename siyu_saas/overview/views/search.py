"""⌘K: any merchant and its pages, by characters, pinyin or initials; a page of its own without script."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from siyu_saas.tenants.rules.search import search_key
from siyu_saas.web.forms import clean_line
from siyu_saas.web.layout import PLACES
from siyu_saas.web.routes import open_to

from ..queries.search import merchants_called
from .blueprint import overview

LONGEST = 80
SHOWN = 8
WITH_PAGES = 3


@overview.get("/search")
@login_required
@open_to("people")
def search():
    typed = clean_line(request.args.get("q", "")[:LONGEST]) or ""
    rows = merchants_called(current_user.user_id, search_key(typed), limit=SHOWN)
    template = "overview/_found.html" if "HX-Request" in request.headers else "overview/search.html"
    found = [_found(row, pages=place < WITH_PAGES) for place, row in enumerate(rows)]
    return render_template(template, typed=typed, found=found)


def _found(row, *, pages: bool) -> dict:
    """The first few with the ways to their rooms."""
    rooms = [place for place in PLACES if place.endpoint != "overview.workspace"] if pages else []
    return {
        "name": row.name,
        "about": row.about,
        "href": url_for(".workspace", tenant=row.slug),
        "rooms": [(_(place.label), url_for(".newest", tenant=row.slug, page=place.endpoint)) for place in rooms],
    }
