"""The views of the list that a person keeps: saved from the list, opened there, renamed and dropped here."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from ..actions.saved import NotSaved, drop_view, rename_view, save_view
from ..forms import RenameViewForm, ViewNameForm
from ..looks import MOST_SAVED, Look
from ..models import SavedView
from ..queries.saved import saved_view, saved_views
from .blueprint import overview
from .board import look_asked


@overview.get("/firm/views")
@may("view.keep")
def views():
    rows = saved_views(current_user.user_id, g.firm_access.firm_id)
    return render_template("overview/saved_views.html", rows=rows, most=MOST_SAVED)


@overview.get("/firm/views/new")
@may("view.keep")
def new_view():
    return _asking(ViewNameForm(formdata=None), look_asked(request.args))


@overview.post("/firm/views")
@may("view.keep")
def keep_view():
    form, look = ViewNameForm(), look_asked(request.form)
    if form.validate():
        try:
            save_view(form.name.data, look, user_id=current_user.user_id, firm_id=g.firm_access.firm_id)
        except NotSaved as fault:
            form.name.errors = [str(fault)]
    if form.errors:
        return _asking(form, look), 422
    flash(_("已保存视图「%(name)s」", name=form.name.data))
    return redirect(url_for(".home", **look.address))


@overview.get("/firm/views/<uuid:view_id>")
@may("view.keep")
def one_view(view_id: UUID):
    row = _own(view_id)
    return _naming(RenameViewForm(formdata=None, obj=row), row)


@overview.post("/firm/views/<uuid:view_id>")
@may("view.keep")
def call_view(view_id: UUID):
    row, form = _own(view_id), RenameViewForm()
    if form.validate():
        refuse_stale(form, RenameViewForm(formdata=None, obj=row), back=url_for(".one_view", view_id=row.id))
        try:
            rename_view(row, form.name.data)
        except NotSaved as fault:
            form.name.errors = [str(fault)]
    if form.errors:
        return _naming(form, row), 422
    flash(_("已改名为「%(name)s」", name=row.name))
    return redirect(url_for(".views"))


@overview.post("/firm/views/<uuid:view_id>/removal")
@may("view.keep")
def remove_view(view_id: UUID):
    row = _own(view_id)
    drop_view(row)
    flash(_("已删除视图「%(name)s」", name=row.name))
    return redirect(url_for(".views"))


def _own(view_id: UUID) -> SavedView:
    return saved_view(view_id, current_user.user_id, g.firm_access.firm_id) or abort(404)


def _asking(form: ViewNameForm, look: Look) -> str:
    return render_template("overview/new_view.html", form=form, saving=look)


def _naming(form: RenameViewForm, row: SavedView) -> str:
    return render_template("overview/saved_view.html", form=form, row=row)
