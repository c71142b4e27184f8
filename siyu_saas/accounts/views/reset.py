"""A new password by mail. Whether an account exists is told to nobody, neither in words nor in time."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.accounts.actions import use_reset
from siyu_saas.accounts.forms import NewPasswordForm, ResetAskForm
from siyu_saas.accounts.jobs import RESET, begin_reset
from siyu_saas.accounts.models import PasswordReset, User
from siyu_saas.accounts.queries import live_reset, user_by_login
from siyu_saas.accounts.rules import password_fault
from siyu_saas.core.clock import now
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import later
from siyu_saas.core.services import services
from siyu_saas.core.tokens import signed_id
from siyu_saas.web.routes import open_to

from .blueprints import sign_in


@sign_in.get("/password/reset")
@open_to("everyone")
def ask():
    return render_template("accounts/reset_ask.html", form=ResetAskForm(formdata=None))


@sign_in.post("/password/reset")
@open_to("everyone")
def mail_link():
    """Always one job: for an unknown address it finds nobody."""
    form = ResetAskForm()
    if not form.validate():
        return render_template("accounts/reset_ask.html", form=form), 422
    user = user_by_login(form.email.data)
    later(begin_reset, user_id=str(user.id if user else new_id()))
    flash(_("如果这个邮箱有账号，几分钟内会收到一封邮件，链接 30 分钟内有效；没收到就再发一次"))
    return redirect(url_for("sign_in.new"))


@sign_in.get("/password/reset/<string:token>")
@open_to("everyone")
def choose(token: str):
    if _live(token) is None:
        return render_template("accounts/reset_over.html"), 410
    return render_template("accounts/reset_choose.html", form=NewPasswordForm(formdata=None), token=token)


@sign_in.post("/password/reset/<string:token>")
@open_to("everyone")
def keep(token: str):
    live = _live(token)
    if live is None:
        return render_template("accounts/reset_over.html"), 410
    row, user = live
    form = NewPasswordForm()
    fault = password_fault(form.password.data, user.name, user.email, user.phone) if form.validate() else None
    if form.errors or fault:
        form.password.errors = form.password.errors or [fault]
        return render_template("accounts/reset_choose.html", form=form, token=token), 422
    use_reset(row, user, form.password.data)
    flash(_("密码已更新，其他设备都已退出，请用新密码登录"))
    return redirect(url_for("sign_in.new"))


def _live(token: str) -> tuple[PasswordReset, User] | None:
    reset_id = signed_id(services().settings.secret_key, RESET, token) or abort(404)
    return live_reset(reset_id, now())
