"""The playbook inside a workspace: search it, read it, copy from it."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.library.queries.packs import pack_key_of
from siyu_saas.library.rules.shelf import KINDS, entry, found, hints_for, pack_called
from siyu_saas.library.rules.sources import told
from siyu_saas.packs.summary import references
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import clean_line
from siyu_saas.web.paging import Page, asked_page

playbook = Blueprint("playbook", __name__, url_prefix="/t/<slug:tenant>/library")

A_PAGE = 24
PARTS = {
    "checklists": "library/_checklists.html",
    "cards": "library/_cards.html",
    "templates": "library/_templates.html",
    "campaigns": "library/_campaigns.html",
}
LONGEST_SEARCH = 40


@playbook.get("")
@may("library.see")
def shelf():
    typed = (clean_line(request.args.get("q")) or "")[:LONGEST_SEARCH]
    kind = request.args.get("of", "")
    kind = kind if kind in KINDS else ""
    books = found(pack_key_of(g.access.tenant_id), typed, kind)
    page = Page(asked_page(), A_PAGE, len(books))
    chips = [("", _("全部")), *KINDS.items()]
    return render_template(
        "library/shelf.html",
        books=books[(page.page - 1) * A_PAGE : page.page * A_PAGE],
        page=page,
        typed=typed,
        chips=[
            {"label": title, "href": url_for(".shelf", of=one or None, q=typed or None), "current": one == kind}
            for one, title in chips
        ],
    )


@playbook.get("/<name>")
@may("library.see")
def read(name: str):
    pack = pack_called(pack_key_of(g.access.tenant_id))
    known = entry(pack, name)
    if known is None:
        abort(404)
    kind, one = known
    return render_template(
        "library/entry.html",
        kind=kind,
        part=PARTS[kind],
        kind_title=KINDS[kind],
        one=one,
        pack=pack,
        hints=hints_for(pack, name),
        sources=told(references(one)),
    )
