"""Who is in a workspace, who may come in, and by which link."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.tenants.actions.people import assign as assign_colleague
from siyu_saas.tenants.actions.people import change_role, dismiss, hand_over, invite, revoke
from siyu_saas.tenants.forms.people import AssignForm, InvitationForm, MemberForm, role_choices
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import workspace_with
from siyu_saas.tenants.queries.people import (
    colleagues_outside,
    invitation_with,
    invitations_of,
    member_with,
    members_of,
)
from siyu_saas.tenants.rules import FIRM_ROLES, Role
from siyu_saas.tenants.rules.invitations import may_invite

from .blueprints import workspace
from .links import code_for, link_to, text_to_paste

LINKS_SHOWN = 30


@workspace.get("/people")
@may("member.see")
def people():
    return _people_page(_invitation_form())


@workspace.post("/people/invitations")
@may("member.invite")
def make_invitation():
    form = _invitation_form()
    if not form.validate():
        return _people_page(form), 422
    made = invite(
        firm_id=g.access.firm_id,
        tenant_id=g.access.tenant_id,
        role=Role(form.role.data),
        for_whom=form.for_whom.data or "",
        seats=form.seats.data,
        with_code=form.with_code.data,
        by=g.actor,
        by_role=g.access.role,
    )
    return redirect(url_for(".invitation", invitation_id=made.id))


@workspace.get("/people/invitations/<uuid:invitation_id>")
@may("member.invite")
def invitation(invitation_id: UUID):
    row = _invitation_or_404(invitation_id)
    return render_template(
        "tenants/invitation.html",
        invitation=row,
        text=text_to_paste(row, g.access.name),
        address=link_to(row),
        code=code_for(row) if row.with_code else None,
    )


@workspace.post("/people/invitations/<uuid:invitation_id>/revocation")
@may("member.invite")
def revoke_invitation(invitation_id: UUID):
    revoke(_invitation_or_404(invitation_id), by=g.actor)
    flash(_("链接已作废，打开它的人会看到说明"))
    return redirect(url_for(".people"))


@workspace.get("/people/<uuid:member_id>")
@may("member.edit")
def member(member_id: UUID):
    return _member_page(*_member_or_404(member_id), form=None)


@workspace.post("/people/<uuid:member_id>")
@may("member.edit")
def change_member(member_id: UUID):
    row, user = _member_or_404(member_id)
    form = _member_form(row)
    if not form.validate():
        return _member_page(row, user, form=form), 422
    change_role(row, Role(form.role.data), of=user, by_role=g.access.role, by=g.actor)
    flash(_("已把 %(name)s 改为%(role)s", name=user.name, role=row.role.title))
    return redirect(url_for(".people"))


@workspace.post("/people/<uuid:member_id>/removal")
@may("member.edit")
def remove_member(member_id: UUID):
    row, user = _member_or_404(member_id)
    dismiss(row, of=user, by_role=g.access.role, by=g.actor)
    flash(_("已移除 %(name)s，过去的记录都保留", name=user.name))
    return redirect(url_for(".people"))


@workspace.post("/people/<uuid:member_id>/link")
@may("member.invite")
def link_again(member_id: UUID):
    """For somebody without a password who lost the way in."""
    row, user = _member_or_404(member_id)
    made = invite(
        firm_id=g.access.firm_id,
        tenant_id=g.access.tenant_id,
        role=row.role,
        for_whom=user.name,
        with_code=True,
        for_user=user,
        by=g.actor,
        by_role=g.access.role,
    )
    return redirect(url_for(".invitation", invitation_id=made.id))


@workspace.post("/people/team")
@may("team.edit")
def assign():
    form = AssignForm()
    outside = _colleagues(form)
    if not form.validate():
        flash(_("请选择一位同事"), "error")
        return redirect(url_for(".people"))
    chosen = next(one for one in outside if str(one.id) == form.user.data)
    assign_colleague(workspace_with(g.access.tenant_id), db.session.get(User, chosen.id), role=chosen.role, by=g.actor)
    flash(_("%(name)s 已加入服务团队", name=chosen.name))
    return redirect(url_for(".people"))


@workspace.post("/people/<uuid:member_id>/successor")
@may("team.edit")
def succeed(member_id: UUID):
    """Hands this merchant to a colleague; what was done stays under the old name."""
    row, user = _member_or_404(member_id)
    form = AssignForm()
    outside = _colleagues(form)
    if row.role not in FIRM_ROLES or not form.validate():
        flash(_("请选择一位接手的同事"), "error")
        return redirect(url_for(".people"))
    chosen = next(one for one in outside if str(one.id) == form.user.data)
    hand_over(
        workspace_with(g.access.tenant_id),
        row,
        of=user,
        to=db.session.get(User, chosen.id),
        role=chosen.role,
        by=g.actor,
    )
    flash(_("已由 %(name)s 接手，历史记录保留", name=chosen.name))
    return redirect(url_for(".people"))


def _people_page(form: InvitationForm) -> str:
    successor = AssignForm(formdata=None)
    _colleagues(successor)
    return render_template(
        "tenants/people.html",
        form=form,
        members=members_of(g.access.tenant_id),
        may_change=may_invite(g.access.role) if g.access.may("member.edit") else (),
        invitations=invitations_of(g.access.tenant_id, LINKS_SHOWN) if g.access.may("member.invite") else [],
        colleagues=successor if g.access.may("team.edit") and successor.user.choices else None,
        firm_roles=FIRM_ROLES,
    )


def _invitation_form() -> InvitationForm:
    form = InvitationForm()
    form.role.choices = role_choices(may_invite(g.access.role))
    return form


def _member_form(row) -> MemberForm:
    form = MemberForm()
    form.role.choices = role_choices(may_invite(g.access.role))
    return form


def _member_page(row, user, *, form: MemberForm | None) -> str:
    if form is None:
        form = _member_form(row)
        form.role.data = row.role.value
    colleagues = AssignForm(formdata=None)
    _colleagues(colleagues)
    return render_template(
        "tenants/member.html",
        member=row,
        user=user,
        form=form,
        may_change=row.role in may_invite(g.access.role),
        colleagues=colleagues if row.role in FIRM_ROLES and colleagues.user.choices else None,
    )


def _colleagues(form: AssignForm) -> list:
    outside = colleagues_outside(g.access.firm_id, g.access.tenant_id) if g.access.may("team.edit") else []
    form.user.choices = [SelectChoice(str(one.id), f"{one.name}（{one.role.title}）") for one in outside]
    return outside


def _member_or_404(member_id: UUID):
    return member_with(g.access.tenant_id, member_id) or abort(404)


def _invitation_or_404(invitation_id: UUID):
    found = invitation_with(invitation_id, tenant_id=g.access.tenant_id) or abort(404)
    return found if found.role in may_invite(g.access.role) else abort(404)
