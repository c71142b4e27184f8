"""A paper's page and file, and the public question whether a file is genuine."""

from __future__ import annotations

from hashlib import file_digest
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort, g, render_template, request, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.database import end_reading
from siyu_saas.core.services import services
from siyu_saas.signing.genuine import answers
from siyu_saas.tenants.guards import may
from siyu_saas.web.filters.times import iso_day
from siyu_saas.web.headers import FILE_POLICY
from siyu_saas.web.progress import job_view
from siyu_saas.web.routes import open_to

from .forms import PrintedFileForm
from .kinds import PAPERS, PaperKind
from .models import PaperSeal
from .queries import latest_paper, seal_of_code, seal_of_file, shown_paper

STOP_POLLING = 286

papers = Blueprint("papers", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/papers")
verify_file = Blueprint("verify_file", __name__, url_prefix="/verify/file")


def paper_context(kind: PaperKind, subject_id: UUID) -> dict:
    """What `papers/_paper.html` needs: the newest paper of this kind about a thing; one query."""
    row = latest_paper(kind.key, subject_id, team=g.access.may("note.see")) if g.access.may(kind.permission) else None
    return {"paper": _as_shown(row) if row else None}


@papers.get("/<uuid:paper_id>")
@may("paper.see")
def show(paper_id: UUID):
    """The page of a paper; for htmx the fragment, with the status that stops polling once it is printed."""
    row = _row_or_404(paper_id)
    shown = _as_shown(row)
    if not request.headers.get("HX-Request"):
        return render_template("papers/paper.html", paper=shown)
    is_open = shown["job"] is not None and shown["job"].is_open
    return render_template("papers/_paper.html", paper=shown), 200 if is_open else STOP_POLLING


@papers.get("/<uuid:paper_id>/file")
@may("paper.see")
def download(paper_id: UUID):
    paper, _job, file = _row_or_404(paper_id)
    if file is None:
        abort(404)
    end_reading()
    name = " ".join(filter(None, (paper.title, paper.edition)))
    response = send_file(
        services().storage.open(file.key), mimetype=file.media_type, as_attachment=True, download_name=f"{name}.pdf"
    )
    response.content_length = file.size
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@verify_file.get("")
@open_to("everyone")
def ask():
    return render_template("papers/verify_file.html", form=PrintedFileForm(formdata=None))


@verify_file.post("")
@open_to("everyone")
def check():
    """The file is read once and kept nowhere."""
    form = PrintedFileForm()
    if not form.validate():
        return render_template("papers/verify_file.html", form=form), 422
    seal = seal_of_file(file_digest(form.file.data.stream, "sha256").hexdigest())
    return render_template("signing/verified.html", sentence=_sentence(seal) if seal else None, of_file=True)


@answers
def printed_paper(code: str) -> str | None:
    seal = seal_of_code(code)
    return _sentence(seal) if seal else None


def _sentence(seal: PaperSeal) -> str:
    return _(
        "这是本系统于 %(day)s 生成的《%(kind)s》，内容以留存的原件为准。",
        day=iso_day(seal.printed_on),
        kind=PAPERS[seal.kind].title,
    )


def _row_or_404(paper_id: UUID) -> sa.Row:
    row = shown_paper(paper_id)
    if row is None or row.Paper.engagement_id != g.engagement.id:
        abort(404)
    if row.Paper.team_only and not g.access.may("note.see"):
        abort(404)
    if not g.access.may(PAPERS[row.Paper.kind].permission):
        abort(403)
    return row


def _as_shown(row: sa.Row) -> dict:
    paper, job, file = row
    here = url_for("papers.show", paper_id=paper.id)
    is_there = file is not None
    return {
        "paper": paper,
        "file": file,
        "kind": PAPERS[paper.kind],
        "url": here,
        "download_url": url_for("papers.download", paper_id=paper.id) if is_there else None,
        "job": None if is_there or job is None else job_view(job, here, None),
    }
