"""Bringing a table in: upload or paste, look at what it would do, confirm, undo."""

from __future__ import annotations

import io
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import FileRefused, UnsupportedFile
from siyu_saas.core.queue import JobState
from siyu_saas.core.services import services
from siyu_saas.core.sheets import as_csv
from siyu_saas.metrics.actions.imports import (
    confirm_import,
    drop_import,
    read_again,
    receive_import,
    touched_locks,
    undo_import,
)
from siyu_saas.metrics.forms.imports import ColumnsForm, ConfirmForm, PasteForm, ReasonForm, UploadForm, roles_of
from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.queries.imports import import_to_change, import_with
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.fields import FIELDS
from siyu_saas.metrics.rules.reading.plans import changed_plan, plan_from
from siyu_saas.metrics.rules.reading.presets import PRESETS
from siyu_saas.metrics.rules.reading.problems import column_letter
from siyu_saas.metrics.rules.scopes import scope_from
from siyu_saas.metrics.rules.states import UNDO_TIME, ImportState, Source
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.jobs import job_with
from siyu_saas.web.progress import job_view

from .blueprints import data

PROBLEMS_SHOWN = 50
DOUBTS_SHOWN = 20
COLUMNS_SHOWN = 60
STOP_POLLING = 286
TABLES = ("csv", "xlsx", "txt")


@data.get("/imports/new")
@may("data.import")
def new_import():
    return _new(UploadForm(formdata=None), PasteForm(formdata=None))


@data.post("/imports")
@may("data.import")
def add_import():
    form = UploadForm()
    if not form.validate():
        return _new(form, PasteForm(formdata=None)), 422
    end_reading()
    try:
        with accept(form.file.data.stream, form.file.data.filename) as accepted:
            if accepted.extension not in TABLES:
                raise UnsupportedFile(_("这里只收表格：CSV 或 XLSX。图片和文档请传到「资料」。"))
            row = _received(accepted, Source.FILE, form)
    except FileRefused as refused:
        form.file.errors = [str(refused)]
        return _new(form, PasteForm(formdata=None)), refused.status
    return redirect(url_for(".show_import", import_id=row.id))


@data.post("/pastes")
@may("data.import")
def add_paste():
    form = PasteForm()
    if not form.validate():
        return _new(UploadForm(formdata=None), form), 422
    end_reading()
    name = _("粘贴的表格 %(time)s.csv", time=now().strftime("%m%d%H%M"))
    try:
        with accept(io.BytesIO(form.text.data.encode()), name) as accepted:
            row = _received(accepted, Source.PASTE, form)
    except FileRefused as refused:
        form.text.errors = [str(refused)]
        return _new(UploadForm(formdata=None), form), refused.status
    return redirect(url_for(".show_import", import_id=row.id))


@data.get("/imports/<uuid:import_id>")
@may("data.see")
def show_import(import_id: UUID):
    return _page(_import_or_404(import_id))


@data.get("/imports/<uuid:import_id>/progress")
@may("data.see")
def import_progress(import_id: UUID):
    """For htmx: how far the job is; once it is over, the whole page is asked for anew."""
    row = _import_or_404(import_id)
    job = _job_of(row)
    if job is None or not job.is_open:
        return "", STOP_POLLING, {"HX-Refresh": "true"}
    return render_template("metrics/_job.html", job=job)


@data.post("/imports/<uuid:import_id>/columns")
@may("data.import")
def choose_columns(import_id: UUID):
    row = _import_or_404(import_id)
    if row.state is not ImportState.READY:
        return redirect(url_for(".show_import", import_id=row.id))
    plan, form = plan_from(row.plan), ColumnsForm()
    preset = PRESETS.get(form.preset.data) or abort(422)
    form.offer(plan.preset)
    columns = _columns(row)
    if len(form.roles) != len(columns) or not form.validate():
        return _page(row, columns_form=form if len(form.roles) == len(columns) else None), 422
    read_again(import_to_change(row.id), changed_plan(plan, preset, form.chosen(columns)), by=g.actor)
    return redirect(url_for(".show_import", import_id=row.id))


@data.post("/imports/<uuid:import_id>/confirmation")
@may("data.import")
def confirm(import_id: UUID):
    row, form = _import_or_404(import_id), ConfirmForm()
    if row.state is not ImportState.READY:
        return redirect(url_for(".show_import", import_id=row.id))
    found = row.findings
    valid = form.validate()
    if found.get("bad_rows") and not form.skip.data:
        form.skip.errors = [_("还有 %(count)s 行有问题：改好文件重新上传，或勾选跳过它们", count=found["bad_rows"])]
    if (found.get("twin") or found.get("overlap")) and not form.again.data:
        form.again.errors = [_("这些订单可能已经导入过，请核对后勾选")]
    if touched_locks(row) and not (form.reason.data or "").strip():
        form.reason.errors = [_("这些天在已锁定的窗口里，请写明修改原因")]
    if not valid or form.errors or found.get("missing") or not row.rows:
        return _page(row, confirm_form=form), 422
    confirm_import(import_to_change(row.id), reason=form.reason.data or "", by=g.actor)
    return redirect(url_for(".show_import", import_id=row.id))


@data.post("/imports/<uuid:import_id>/removal")
@may("data.import")
def drop(import_id: UUID):
    row = _import_or_404(import_id)
    drop_import(import_to_change(row.id), by=g.actor)
    flash(_("已放弃「%(name)s」，没有导入任何数", name=row.name))
    return redirect(url_for(".show"))


@data.post("/imports/<uuid:import_id>/reversal")
@may("data.import")
def undo(import_id: UUID):
    row, form = _import_or_404(import_id), ReasonForm()
    if touched_locks(row) and not (form.reason.data or "").strip():
        form.reason.errors = [_("这些天在已锁定的窗口里，请写明撤销原因")]
        return _page(row, reason_form=form), 422
    undo_import(import_to_change(row.id), reason=form.reason.data or "", by=g.actor)
    flash(_("已撤销「%(name)s」，原来的数已经恢复", name=row.name))
    return redirect(url_for(".show_import", import_id=row.id))


@data.get("/imports/<uuid:import_id>/problems.csv")
@may("data.see")
def problems(import_id: UUID):
    found = _import_or_404(import_id).findings
    wrong = ((row, column, "问题", sentence) for row, column, sentence in found.get("problems", ()))
    odd = ((day, _field_title(field), "请核对", sentence) for day, field, sentence in found.get("doubts", ()))
    content = as_csv(["行号或日期", "列", "类别", "说明"], (*wrong, *odd))
    headers = {"Content-Disposition": "attachment; filename=problems.csv", "Cache-Control": "no-store"}
    return Response(content, mimetype="text/csv", headers=headers)


def _received(accepted, source: Source, form: UploadForm | PasteForm) -> DataImport:
    return receive_import(
        accepted,
        engagement_id=g.engagement.id,
        source=source,
        form_key=form.once.data,
        scope=scope_from(form.scope.data),
        storage=services().storage,
        by=g.actor,
    )


def _new(upload: UploadForm, paste: PasteForm) -> str:
    scopes = scopes_of(g.engagement.id)
    return render_template("metrics/new_import.html", upload=upload, paste=paste, scopes=scopes)


def _import_or_404(import_id: UUID) -> DataImport:
    return import_with(import_id, g.engagement.id) or abort(404)


def _job_of(row: DataImport):
    job = job_with(row.job_id) if row.job_id else None
    return job and job_view(job, url_for(".import_progress", import_id=row.id), None)


def _page(
    row: DataImport,
    *,
    columns_form: ColumnsForm | None = None,
    confirm_form: ConfirmForm | None = None,
    reason_form: ReasonForm | None = None,
) -> str:
    works = row.state in (ImportState.READING, ImportState.WRITING)
    job = _job_of(row) if works else None
    plan = plan_from(row.plan) if row.plan else None
    columns = _columns(row) if row.state is ImportState.READY else []
    return render_template(
        "metrics/import.html",
        row=row,
        found=row.findings,
        job=job,
        failed=job is not None and job.state == JobState.FAILED,
        plan=plan,
        roles=plan and dict(roles_of(plan.preset)),
        columns=columns,
        letters=[column_letter(at) for at in columns],
        columns_form=columns_form or (_columns_form(plan, columns) if columns else None),
        confirm_form=confirm_form or ConfirmForm(formdata=None),
        reason_form=reason_form or ReasonForm(formdata=None),
        locks=touched_locks(row),
        preset=PRESETS[row.preset],
        may_undo=row.state is ImportState.DONE and now() - row.written_at < UNDO_TIME and g.access.may("data.import"),
        undo_until=row.written_at and row.written_at + UNDO_TIME,
        field_title=_field_title,
        problems_shown=PROBLEMS_SHOWN,
        doubts_shown=DOUBTS_SHOWN,
    )


def _columns(row: DataImport) -> list[int]:
    """Those that can be chosen on the page: the ones that are read, and the first ones beside them."""
    plan = plan_from(row.plan)
    first = [at for at, name in enumerate(plan.names) if name][:COLUMNS_SHOWN]
    return sorted({*first, *plan.roles})


def _columns_form(plan, columns: list[int]) -> ColumnsForm:
    form = ColumnsForm(formdata=None, preset=plan.preset.key, roles=[plan.roles.get(at, "") for at in columns])
    form.offer(plan.preset)
    for field, at in zip(form.roles, columns, strict=True):
        field.data = plan.roles.get(at, "")
    return form


def _field_title(key: str) -> str:
    return FIELDS[key].title if key in FIELDS else key
