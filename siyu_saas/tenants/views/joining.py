"""`/join/<token>`: a signed link is opened on a phone; nothing happens until a button is pressed, so previews are harmless."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user

from siyu_saas.accounts.actions import create_account, start_session, welcome
from siyu_saas.accounts.models import UserSession
from siyu_saas.accounts.queries import user_with
from siyu_saas.accounts.rules import code_typed, same_secret
from siyu_saas.accounts.views.login import let_in
from siyu_saas.core.database import end_reading, writing
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.core.tokens import signed_id
from siyu_saas.tenants.actions.firms import join_by_link
from siyu_saas.tenants.actions.people import LinkClosed, accept, count_wrong_code, refuse_return
from siyu_saas.tenants.forms.firms import StaffJoinForm
from siyu_saas.tenants.forms.people import JoinForm
from siyu_saas.tenants.models import Invitation, Tenant
from siyu_saas.tenants.queries.merchants import firm_with, workspace_with
from siyu_saas.tenants.queries.people import has_used, invitation_seen, invitation_to_use
from siyu_saas.tenants.rules.arrivals import Place, place_for
from siyu_saas.tenants.rules.invitations import VALID_FOR, LinkState
from siyu_saas.web.routes import open_to

from .blueprints import join
from .first_run import account_is_free
from .links import PURPOSE, code_for


@join.get("/<string:token>")
@open_to("everyone")
def show(token: str):
    invitation = _invitation_of(token)
    if _is_already_in(invitation):
        return redirect(_home_of(invitation))
    if invitation.state is not LinkState.OPEN:
        raise LinkClosed(invitation)
    return _page(token, invitation, _form_of(invitation))


@join.post("/<string:token>")
@open_to("everyone")
def enter(token: str):
    with writing(False):
        invitation = _invitation_of(token)
    end_reading()
    if invitation.state is not LinkState.OPEN and not _is_already_in(invitation):
        raise LinkClosed(invitation)
    form = _form_of(invitation)
    if not form.validate() or not _code_is_right(invitation, form) or not _account_is_free(form):
        end_reading()
        return _page(token, invitation, form), 422
    end_reading()
    locked = invitation_to_use(invitation.id)
    return _let_colleague_in(locked, form) if locked.tenant_id is None else _let_in(locked, form)


@join.errorhandler(LinkClosed)
def show_closed(closed: LinkClosed):
    firm = firm_with(closed.firm_id)
    return render_template(
        "tenants/link_closed.html", closed=closed, firm=firm.name, contact=firm.contact
    ), closed.status


def _let_in(invitation: Invitation, form: JoinForm):
    """Person and session are nobody's, so they are written before the merchant's scope begins."""
    begun = None if current_user.is_authenticated else _begin_session(invitation, form)
    person = begun.user if begun else current_user.user
    merchant = workspace_with(invitation.tenant_id)
    with tenant(merchant.id):
        accept(invitation, person, tenant=merchant, address=request.remote_addr)
        place = place_for(invitation.leads_to, invitation.id, person.id)
    if begun:
        session.clear()
        login_user(begun)
    if place is None:
        flash(_("欢迎，%(name)s。这里能看到进展，也能随时上传资料", name=person.name))
    return redirect(_address(merchant, place))


def _let_colleague_in(invitation: Invitation, form: StaffJoinForm):
    """Somebody of the firm signs in by themselves from now on, so they get an account with a password."""
    firm, known = firm_with(invitation.firm_id), current_user.is_authenticated
    if known:
        person = current_user.user
    else:
        email, phone = form.email_and_phone
        person = create_account(name=form.name.data, email=email, phone=phone, password=form.password.data)
    join_by_link(invitation, person, firm=firm, address=request.remote_addr)
    if not known:
        let_in(person)
    flash(_("欢迎加入%(firm)s，%(name)s", firm=firm.name, name=person.name))
    return redirect(_home_of(invitation))


def _begin_session(invitation: Invitation, form: JoinForm) -> UserSession:
    person = user_with(invitation.user_id) if invitation.user_id else welcome(form.name.data)
    if invitation.user_id:
        refuse_return(invitation, person)
    return start_session(
        person,
        address=request.remote_addr,
        device=request.user_agent.string,
        code=code_for(invitation) if invitation.with_code else None,
        lasts=VALID_FOR,
    )


def _code_is_right(invitation: Invitation, form: JoinForm) -> bool:
    if "code" not in form or same_secret(code_typed(form.code.data or ""), code_for(invitation)):
        return True
    end_reading()
    count_wrong_code(invitation)
    form.code.errors = [_("验证码不对，请向发给你链接的人确认")]
    return False


def _form_of(invitation: Invitation) -> JoinForm | StaffJoinForm:
    """The name is asked only of somebody new, the code only where there is one."""
    form = StaffJoinForm() if invitation.tenant_id is None else JoinForm()
    if current_user.is_authenticated or invitation.user_id is not None:
        for name in ("name", "login", "password"):
            if name in form:
                del form[name]
    if not invitation.with_code or _is_already_in(invitation):
        del form.code
    return form


def _account_is_free(form: JoinForm | StaffJoinForm) -> bool:
    return "login" not in form or account_is_free(form)


def _home_of(invitation: Invitation) -> str:
    if invitation.tenant_id is None:
        return url_for("overview.home")
    merchant = workspace_with(invitation.tenant_id)
    with tenant(merchant.id):
        return _address(merchant, place_for(invitation.leads_to, invitation.id, current_user.user_id))


def _address(merchant: Tenant, place: Place | None) -> str:
    """Where they go on: at what was sent to them, else at the merchant's home."""
    endpoint, values = place or ("overview.workspace", {})
    return url_for(endpoint, tenant=merchant.slug, **values)


def _page(token: str, invitation: Invitation, form: JoinForm | StaffJoinForm) -> str:
    firm = firm_with(invitation.firm_id)
    return render_template(
        "tenants/join.html" if invitation.tenant_id else "tenants/join_firm.html",
        token=token,
        invitation=invitation,
        merchant=workspace_with(invitation.tenant_id).name if invitation.tenant_id else None,
        firm=firm.name,
        mark=firm.mark or firm.name[:1],
        form=form,
        user=current_user.user if current_user.is_authenticated else None,
    )


def _invitation_of(token: str) -> Invitation:
    invitation_id = signed_id(services().settings.secret_key, PURPOSE, token)
    return (invitation_id and invitation_seen(invitation_id)) or abort(404)


def _is_already_in(invitation: Invitation) -> bool:
    return current_user.is_authenticated and has_used(invitation.id, current_user.user_id)
