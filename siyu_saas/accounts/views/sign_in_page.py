"""The sign-in page and signing out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required, logout_user

from siyu_saas.accounts.actions import choose_theme, end_session, note_failure
from siyu_saas.accounts.forms import SignInForm, ThemeForm
from siyu_saas.accounts.models import User
from siyu_saas.accounts.password import password_matches
from siyu_saas.accounts.queries import user_by_login
from siyu_saas.accounts.rules import safe_next
from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading, writing
from siyu_saas.web.routes import open_to

from .blueprints import account, sign_in
from .login import destination, let_in
from .second_step import begin_second_step


@sign_in.get("/sign-in")
@open_to("everyone")
def new():
    if current_user.is_authenticated:
        return redirect(destination())
    return render_template("accounts/sign_in.html", form=SignInForm())


@sign_in.post("/sign-in")
@open_to("everyone")
def create():
    form = SignInForm()
    user = _recognised(form) if form.validate() else None
    if user is None:
        return render_template("accounts/sign_in.html", form=form), 422
    if user.totp_secret:
        return begin_second_step(user)
    let_in(user)
    return redirect(destination())


@account.post("/sign-out")
@login_required
@open_to("people")
def sign_out():
    end_session(current_user._get_current_object(), at=now())
    logout_user()
    session.clear()
    flash(_("已退出登录"))
    return redirect(url_for("sign_in.new"))


@account.post("/theme")
@login_required
@open_to("people")
def theme():
    form = ThemeForm()
    if form.validate():
        choose_theme(current_user.user, form.theme.data)
    return redirect(safe_next(request.form.get("next")) or url_for("overview.home"))


def _recognised(form: SignInForm) -> User | None:
    """An unknown account takes the same work as a known one: one hash, one line of history."""
    with writing(False):
        user = user_by_login(form.email.data)
    end_reading()
    if password_matches(form.password.data, user.password_hash if user else None) and user.active:
        return user
    note_failure(user, address=request.remote_addr, device=request.user_agent.string)
    form.password.errors = [_("账号或密码不对，请检查后重试")]
    return None
