"""Who works in the firm: inviting colleagues, their roles, and handing over when somebody leaves."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.accounts.queries import user_with
from siyu_saas.tenants.actions.firms import change_staff_role, leave_firm
from siyu_saas.tenants.actions.people import invite, revoke
from siyu_saas.tenants.forms.firms import DepartureForm, StaffForm, StaffInvitationForm
from siyu_saas.tenants.forms.people import role_choices
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.firms import (
    firm_invitation_with,
    firm_invitations,
    merchants_carried,
    staff_of,
    staffer_with,
)
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.invitations import may_employ

from .blueprints import firm
from .links import code_for, link_to, text_for_colleague

LINKS_SHOWN = 30


@firm.get("/staff")
@may("staff.see")
def staff():
    return _staff_page(_invitation_form(formdata=None))


@firm.post("/staff/invitations")
@may("staff.edit")
def invite_colleague():
    form = _invitation_form()
    if not form.validate():
        return _staff_page(form), 422
    made = invite(
        firm_id=g.firm_access.firm_id,
        tenant_id=None,
        role=Role(form.role.data),
        for_whom=form.for_whom.data or "",
        seats=form.seats.data,
        with_code=form.with_code.data,
        by=g.actor,
        by_role=g.firm_access.role,
    )
    return redirect(url_for(".staff_invitation", invitation_id=made.id))


@firm.get("/staff/invitations/<uuid:invitation_id>")
@may("staff.edit")
def staff_invitation(invitation_id: UUID):
    row = _invitation_or_404(invitation_id)
    return render_template(
        "tenants/staff_invitation.html",
        invitation=row,
        text=text_for_colleague(row, g.firm_access.name),
        address=link_to(row),
        code=code_for(row) if row.with_code else None,
    )


@firm.post("/staff/invitations/<uuid:invitation_id>/revocation")
@may("staff.edit")
def revoke_staff_invitation(invitation_id: UUID):
    revoke(_invitation_or_404(invitation_id), by=g.actor)
    flash(_("链接已作废，打开它的人会看到说明"))
    return redirect(url_for(".staff"))


@firm.get("/staff/<uuid:staff_id>")
@may("staff.edit")
def staffer(staff_id: UUID):
    return _staffer_page(*_staffer_or_404(staff_id))


@firm.post("/staff/<uuid:staff_id>")
@may("staff.edit")
def change_staffer(staff_id: UUID):
    row, user = _staffer_or_404(staff_id)
    form = _role_form()
    if not form.validate():
        return _staffer_page(row, user, form=form), 422
    change_staff_role(row, Role(form.role.data), of=user, by=g.actor)
    flash(_("已把 %(name)s 改为%(role)s", name=user.name, role=row.role.title))
    return redirect(url_for(".staff"))


@firm.post("/staff/<uuid:staff_id>/departure")
@may("staff.edit")
def depart(staff_id: UUID):
    row, user = _staffer_or_404(staff_id)
    form = _departure_form(row)
    carried = merchants_carried(row.firm_id, user.id)
    if carried and not form.validate():
        form.user.errors = [_("请选择一位接手的同事")]
        return _staffer_page(row, user, departure=form), 422
    to = user_with(UUID(form.user.data)) if carried else None
    count = leave_firm(row, of=user, to=to, by=g.actor)
    flash(
        _("%(name)s 已离开机构，%(count)s 家商家由 %(to)s 接手", name=user.name, count=count, to=to.name)
        if count
        else _("%(name)s 已离开机构，过去的记录都保留", name=user.name)
    )
    return redirect(url_for(".staff"))


def _staff_page(form: StaffInvitationForm) -> str:
    edits = g.firm_access.may("staff.edit")
    return render_template(
        "tenants/staff.html",
        form=form,
        rows=staff_of(g.firm_access.firm_id),
        invitations=firm_invitations(g.firm_access.firm_id, LINKS_SHOWN) if edits else [],
        edits=edits,
    )


def _staffer_page(row, user, *, form: StaffForm | None = None, departure: DepartureForm | None = None) -> str:
    if form is None:
        form = _role_form(formdata=None, role=row.role.value)
    return render_template(
        "tenants/staffer.html",
        row=row,
        user=user,
        form=form,
        departure=departure or _departure_form(row, formdata=None),
        carried=merchants_carried(row.firm_id, user.id),
        faulty=departure or form,
    )


def _invitation_form(**options) -> StaffInvitationForm:
    form = StaffInvitationForm(**options)
    form.role.choices = role_choices(tuple(reversed(may_employ(g.firm_access.role))))
    return form


def _role_form(**options) -> StaffForm:
    form = StaffForm(**options)
    form.role.choices = role_choices(may_employ(g.firm_access.role))
    return form


def _departure_form(row, **options) -> DepartureForm:
    form = DepartureForm(**options)
    others = [(member, user) for member, user, _count in staff_of(row.firm_id) if member.id != row.id]
    form.user.choices = [SelectChoice(str(user.id), f"{user.name}（{member.role.title}）") for member, user in others]
    return form


def _staffer_or_404(staff_id: UUID):
    return staffer_with(g.firm_access.firm_id, staff_id) or abort(404)


def _invitation_or_404(invitation_id: UUID):
    return firm_invitation_with(g.firm_access.firm_id, invitation_id) or abort(404)
