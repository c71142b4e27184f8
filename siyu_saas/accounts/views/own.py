"""A person's own account: name, login, password, two steps, devices, history; and, while developing, the mails."""

from __future__ import annotations

from email import message_from_bytes, policy
from uuid import UUID

import pyotp
from flask import Response, abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required, login_user
from markupsafe import Markup

from siyu_saas.accounts.actions import (
    change_login,
    end_other_sessions,
    end_session,
    new_recovery_codes,
    rename,
    set_password,
    switch_totp_off,
    switch_totp_on,
)
from siyu_saas.accounts.forms import CodeForm, ConfirmForm, LoginForm, NameForm, NewPasswordForm, OwnPasswordForm
from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.accounts.queries import attempts_of, login_is_taken, open_sessions, session_with
from siyu_saas.accounts.rules import Proof, device_name, password_fault, phone_of
from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.core.services import services
from siyu_saas.web.routes import open_to

from .blueprints import account, outbox

HISTORY_SHOWN = 50
MAILS_SHOWN = 50
NEW_SECRET = "totp_secret"


@account.get("/account")
@login_required
@open_to("people")
def show():
    return _page()


@account.post("/account/name")
@login_required
@open_to("people")
def change_name():
    form = NameForm()
    if not form.validate():
        return _page(name=form), 422
    rename(current_user.user, form.name.data)
    flash(_("姓名已更新，以前的签署和记录保留原来的姓名"))
    return redirect(url_for(".show"))


@account.post("/account/login")
@login_required
@open_to("people")
def change_own_login():
    form, user = _login_form(), current_user.user
    if not form.validate():
        return _page(login=form), 422
    end_reading()
    if "proof" in form and proof_of(current_user._get_current_object(), form.proof.data) is None:
        form.proof.errors = [_("%(proof)s不对，登录方式没有改变", proof=form.proof.label.text)]
        return _page(login=form), 422
    email, phone = (form.email.data or "").lower() or None, phone_of(form.phone.data or "")
    if user.password_hash and not (email or phone):
        form.email.errors = [_("邮箱和手机号至少留一个，否则无法登录")]
        return _page(login=form), 422
    if login_is_taken(email=email, phone=phone, by_other_than=user.id):
        form.email.errors = [_("这个邮箱或手机号已经有账号在用")]
        return _page(login=form), 422
    change_login(user, email=email, phone=phone)
    flash(_("登录方式已更新"))
    return redirect(url_for(".show"))


@account.post("/account/password")
@login_required
@open_to("people")
def change_password():
    form, user = _password_form(), current_user.user
    known = "present" not in form
    if form.validate():
        end_reading()
        known = known or proof_of(current_user._get_current_object(), form.present.data) is not None
        if not known:
            form.present.errors = [_("%(proof)s不对", proof=form.present.label.text)]
        elif fault := password_fault(form.password.data, user.name, user.email, user.phone):
            form.password.errors = [fault]
    if form.errors:
        return _page(password=form), 422
    set_password(user, form.password.data, keep=current_user._get_current_object())
    login_user(current_user._get_current_object())
    flash(_("密码已更新，其他设备都已退出"))
    return redirect(url_for(".show"))


@account.get("/account/devices")
@login_required
@open_to("people")
def devices():
    rows = [(row, device_name(row.device)) for row in open_sessions(current_user.user_id)]
    return render_template("accounts/devices.html", rows=rows, here=current_user.id)


@account.post("/account/devices/<uuid:session_id>/removal")
@login_required
@open_to("people")
def sign_device_out(session_id: UUID):
    end_session(session_with(session_id, current_user.user_id) or abort(404), at=now())
    flash(_("那台设备已退出登录"))
    return redirect(url_for(".devices"))


@account.post("/account/devices/removal")
@login_required
@open_to("people")
def sign_others_out():
    count = end_other_sessions(current_user.user, but=current_user._get_current_object())
    flash(_("已退出其他 %(count)s 台设备", count=count))
    return redirect(url_for(".devices"))


@account.get("/account/history")
@login_required
@open_to("people")
def history():
    rows = [(row, device_name(row.device)) for row in attempts_of(current_user.user_id, HISTORY_SHOWN)]
    return render_template("accounts/history.html", rows=rows)


@account.get("/account/two-step")
@login_required
@open_to("people")
def two_step():
    if current_user.user.totp_secret:
        return render_template("accounts/two_step_on.html", form=ConfirmForm(formdata=None))
    _refuse_without_password()
    return _two_step_page(CodeForm(formdata=None))


@account.post("/account/two-step")
@login_required
@open_to("people")
def switch_on():
    form, user = CodeForm(), current_user.user
    _refuse_without_password()
    secret = session.get(NEW_SECRET)
    if user.totp_secret or secret is None:
        return redirect(url_for(".two_step"))
    row = current_user._get_current_object()
    codes = switch_totp_on(user, secret, form.code.data, keep=row) if form.validate() else None
    if codes is None:
        form.code.errors = form.code.errors or [_("动态码不对，请等下一个再试")]
        return _two_step_page(form), 422
    session.pop(NEW_SECRET)
    login_user(row)
    return render_template("accounts/recovery_codes.html", codes=codes)


@account.post("/account/two-step/codes")
@login_required
@open_to("people")
def renew_codes():
    form = ConfirmForm()
    if not current_user.user.totp_secret:
        return redirect(url_for(".two_step"))
    if not _confirmed(form):
        return render_template("accounts/two_step_on.html", form=form), 422
    return render_template("accounts/recovery_codes.html", codes=new_recovery_codes(current_user.user))


@account.post("/account/two-step/removal")
@login_required
@open_to("people")
def switch_off():
    form = ConfirmForm()
    if not current_user.user.totp_secret:
        return redirect(url_for(".two_step"))
    if not _confirmed(form):
        return render_template("accounts/two_step_on.html", form=form), 422
    switch_totp_off(current_user.user, keep=current_user._get_current_object())
    login_user(current_user._get_current_object())
    flash(_("已关闭两步验证"))
    return redirect(url_for(".show"))


@outbox.get("/dev/mail")
@open_to("everyone")
def mails():
    """Only on one's own machine, as ways to new passwords are among it: what would have been sent, the newest first."""
    files = sorted(services().settings.outbox_dir.glob("*.eml"), reverse=True)[:MAILS_SHOWN]
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    return Response(render_template("accounts/mails.html", mails=mails))


def _confirmed(form: ConfirmForm) -> bool:
    if not form.validate():
        return False
    end_reading()
    if proof_of(current_user._get_current_object(), form.password.data):
        return True
    form.password.errors = [_("密码不对")]
    return False


def _page(**faulty) -> str:
    user = current_user.user
    forms = {
        "name": NameForm(formdata=None, name=user.name),
        "login": _login_form(formdata=None, email=user.email, phone=user.phone),
        "password": _password_form(formdata=None),
        **faulty,
    }
    return render_template("accounts/account.html", user=user, forms=forms, faulty=next(iter(faulty.values()), None))


def _login_form(**options) -> LoginForm:
    """Who can prove themselves has to: an e-mail that somebody else put here would let them in."""
    form, proof = LoginForm(**options), asked_proof(current_user._get_current_object())
    if proof is None:
        del form.proof
    else:
        form.proof.label.text = proof.title
    return form


def _password_form(**options) -> NewPasswordForm:
    """A first password takes the place of the link's code wherever something is signed, so the code is asked for."""
    proof = asked_proof(current_user._get_current_object())
    form = (NewPasswordForm if proof is None else OwnPasswordForm)(**options)
    if proof is Proof.CODE:
        form.present.label.text = proof.title
    return form


def _refuse_without_password() -> None:
    if current_user.user.password_hash is None:
        raise NotReady(_("两步验证是密码之外的第二步，请先在「我的账号」里设置登录密码。"))


def _two_step_page(form: CodeForm) -> str:
    import segno

    secret = session.setdefault(NEW_SECRET, pyotp.random_base32())
    form.code.label.text = _("动态码")
    name = services().settings.product_name
    uri = pyotp.TOTP(secret).provisioning_uri(name=current_user.user.login, issuer_name=name)
    picture = segno.make(uri).svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return render_template("accounts/two_step.html", form=form, secret=secret, picture=Markup(picture))
