"""Opening a merchant's workspace, its record of personal data, the team's notes, and looking at it as the merchant."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from siyu_saas.core.tenancy import tenant
from siyu_saas.packs.library import industries
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.merchants import (
    SlugTaken,
    change_processing,
    open_workspace,
    record_processing,
    remove_note,
    write_note,
)
from siyu_saas.tenants.actions.people import admit, invite
from siyu_saas.tenants.forms.merchants import MerchantForm, NoteForm, RecordForm
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with, note_with, processing_record, workspace_of_form
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.web.forms import refuse_stale

from .blueprints import firm, workspace


@firm.get("/merchants/new")
@may("merchant.open")
def new_merchant():
    house = firm_with(g.firm_access.firm_id)
    return render_template("tenants/new_merchant.html", form=_merchant_form(pack=house.pack, package=house.package))


@firm.post("/merchants")
@may("merchant.open")
def open_merchant():
    """Workspace, first service period and the boss's link at once: the next page is the text to paste."""
    form = _merchant_form()
    if not form.validate():
        return render_template("tenants/new_merchant.html", form=form), 422
    before = workspace_of_form(form.once.data)
    if before is not None:
        return redirect(url_for("workspace.people", tenant=before.slug))
    house = firm_with(g.firm_access.firm_id)
    try:
        merchant = open_workspace(
            house, name=form.name.data, slug=form.slug.data or "", pack=form.pack.data, form_key=form.once.data
        )
    except SlugTaken as taken:
        form.slug.errors = [str(taken)]
        return render_template("tenants/new_merchant.html", form=form), 422
    title, days = PACKAGES[form.package.data]
    with tenant(merchant.id):
        admit(merchant, current_user.user, role=g.firm_access.role)
        record_processing(by=g.actor)
        begin_engagement(
            title=title,
            starts_on=form.starts_on.data,
            days=days,
            package=form.package.data,
            coordinator=form.coordinator.data or "",
            by=g.actor,
        )
        invitation = invite(
            firm_id=house.id,
            tenant_id=merchant.id,
            role=Role.BOSS,
            with_code=True,
            by=g.actor,
            by_role=g.firm_access.role,
        )
        flash(_("工作区「%(name)s」已建好，把下面的文案发给店主", name=merchant.name))
        return redirect(url_for("workspace.invitation", tenant=merchant.slug, invitation_id=invitation.id))


@workspace.get("/record")
@may("record.see")
def record():
    found = processing_record() or abort(404)
    return render_template("tenants/record.html", record=found, form=RecordForm(obj=found))


@workspace.post("/record")
@may("merchant.edit")
def change_record():
    found = processing_record() or abort(404)
    form = RecordForm()
    if not form.validate():
        return render_template("tenants/record.html", record=found, form=form), 422
    refuse_stale(form, RecordForm(formdata=None, obj=found), back=url_for(".record"))
    change_processing(found, by=g.actor, **{name: value for name, value in form.data.items() if name != "version"})
    flash(_("已保存"))
    return redirect(url_for(".record"))


@workspace.post("/notes")
@may("note.see")
def add_note():
    form = NoteForm()
    if form.validate():
        write_note(form.text.data, by=g.actor)
        flash(_("备注已保存，仅团队可见"))
    else:
        flash(form.text.errors[0], "error")
    return redirect(url_for("overview.workspace") + "#notes")


@workspace.post("/notes/<uuid:note_id>/removal")
@may("note.see")
def drop_note(note_id: UUID):
    remove_note(note_with(note_id) or abort(404), by=g.actor)
    flash(_("备注已删除"))
    return redirect(url_for("overview.workspace") + "#notes")


@workspace.post("/preview")
@may("preview.use")
def preview():
    """From now on this browser sees the workspace as its boss does, and can change nothing."""
    session["preview"] = g.access.slug
    return redirect(url_for("overview.workspace"))


@workspace.post("/preview/removal")
@may("preview.use")
def end_preview():
    session.pop("preview", None)
    return redirect(url_for("overview.workspace"))


def _merchant_form(**usual) -> MerchantForm:
    form = MerchantForm(**{name: value for name, value in usual.items() if value})
    form.pack.choices = [SelectChoice(pack.key, pack.title) for pack in industries()]
    return form
