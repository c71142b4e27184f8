"""Files of a workspace, and the jobs that work on them."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.database import end_reading
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import later
from siyu_saas.core.services import services
from siyu_saas.tenants.actions.files import add_file, remove_file
from siyu_saas.tenants.actions.jobs import retry_job
from siyu_saas.tenants.forms.files import FileForm
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.jobs import build_archive
from siyu_saas.tenants.queries.files import file_with, files_page
from siyu_saas.tenants.queries.jobs import job_with, latest_job, was_made_for
from siyu_saas.web.headers import FILE_POLICY
from siyu_saas.web.paging import Page, asked_page
from siyu_saas.web.progress import job_view

from .blueprints import workspace

PAGE_SIZE = 30
STOP_POLLING = 286


@workspace.get("/files")
@may("file.see")
def files():
    return _files_page(FileForm())


@workspace.post("/files")
@may("file.add")
def add():
    form = FileForm()
    if not form.validate():
        return _files_page(form), 422
    end_reading()
    with accept(form.file.data.stream, form.file.data.filename) as accepted:
        file = add_file(accepted, engagement_id=None, form_key=form.once.data, storage=services().storage, by=g.actor)
    flash(_("已上传「%(name)s」", name=file.name))
    return redirect(url_for(".files"))


@workspace.get("/files/<uuid:file_id>")
@may("file.see")
def download(file_id: UUID):
    file = _file_or_404(file_id)
    response = send_file(
        services().storage.open(file.key), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )
    response.content_length = file.size
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@workspace.post("/files/<uuid:file_id>/removal")
@may("file.remove")
def remove(file_id: UUID):
    file = _file_or_404(file_id)
    remove_file(file, by=g.actor)
    flash(_("已删除「%(name)s」", name=file.name))
    return redirect(url_for(".files"))


@workspace.post("/archive")
@may("archive.build")
def archive():
    name = _("%(workspace)s-资料-%(day)s.zip", workspace=g.access.name, day=today().isoformat())
    asker = {"name": g.actor.name, "user_id": str(g.actor.user_id), "firm_id": str(g.actor.firm_id)}
    job = later(
        build_archive,
        asked_by=g.actor.user_id,
        file_id=str(new_id()),
        name=name,
        asker={**asker, "address": g.actor.address},
    )
    return redirect(url_for(".job", job_id=job.id))


@workspace.get("/jobs/<uuid:job_id>")
@may("workspace.see")
def job(job_id: UUID):
    """The page of a job; for htmx the fragment, with the status that stops polling once the job is over."""
    row = job_with(job_id) or abort(404)
    shown = job_view(row, url_for(".job", job_id=row.id), _result_url(row))
    if not request.headers.get("HX-Request"):
        return render_template("tenants/job.html", job=shown)
    return render_template("tenants/_job.html", job=shown), 200 if shown.is_open else STOP_POLLING


@workspace.post("/jobs/<uuid:job_id>/run")
@may("job.retry")
def run_again(job_id: UUID):
    retry_job(job_with(job_id) or abort(404), by=g.actor)
    flash(_("已重新排队"))
    return redirect(url_for(".job", job_id=job_id))


def _files_page(form: FileForm) -> str:
    page = asked_page()
    rows, total = files_page(page, PAGE_SIZE)
    latest = latest_job(build_archive.kind)
    return render_template(
        "tenants/files.html",
        form=form,
        rows=rows,
        page=Page(page, PAGE_SIZE, total),
        job=job_view(latest, url_for(".job", job_id=latest.id), _result_url(latest)) if latest else None,
    )


def _file_or_404(file_id: UUID):
    """What the team has for itself, and an export of everything, is had by the team and by who asked for it."""
    team = g.access.may("note.see") or (g.access.may("export.build") and was_made_for(g.actor.user_id, file_id))
    return file_with(file_id, team=team) or abort(404)


def _result_url(job) -> str | None:
    file_id = (job.result or {}).get("file_id")
    return url_for(".download", file_id=file_id) if file_id else None
