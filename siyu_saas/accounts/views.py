"""The sign-in page, signing out, and the look of pages."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, current_user, login_required, login_user, logout_user
from werkzeug.exceptions import Unauthorized

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading, writing
from siyu_saas.web.routes import open_to
from siyu_saas.web.transaction import SAFE_METHODS

from .actions import choose_theme, end_session, start_session, touch_session
from .forms import SignInForm, ThemeForm
from .models import UserSession
from .password import password_matches
from .queries import open_session, user_by_email
from .rules import needs_touch, safe_next, session_is_over

sign_in = Blueprint("sign_in", __name__)
account = Blueprint("account", __name__)


@sign_in.get("/sign-in")
@open_to("everyone")
def new():
    if current_user.is_authenticated:
        return redirect(_destination())
    return render_template("accounts/sign_in.html", form=SignInForm())


@sign_in.post("/sign-in")
@open_to("everyone")
def create():
    form = SignInForm()
    user = _recognised(form) if form.validate() else None
    if user is None:
        return render_template("accounts/sign_in.html", form=form), 422
    row = start_session(user, address=request.remote_addr, device=request.user_agent.string)
    session.clear()
    login_user(row)
    return redirect(_destination())


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


def _recognised(form: SignInForm):
    with writing(False):
        user = user_by_email(form.email.data)
    end_reading()
    if not password_matches(form.password.data, user.password_hash if user else None) or not user.active:
        form.password.errors = [_("邮箱或密码不对，请检查后重试")]
        return None
    return user


def _destination() -> str:
    return safe_next(request.values.get("next")) or url_for("overview.home")


def init_login(app: Flask) -> None:
    """The cookie names a session row; a row that is over, ended or of a closed account signs nobody in."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None
    manager.user_loader(_person_of)
    manager.unauthorized_handler(_ask_to_sign_in)


def _person_of(token: str) -> UserSession | None:
    row = open_session(token)
    if row is None:
        return None
    settings, at = current_app.config["SETTINGS"], now()
    idle, most = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    ends = row.expires_at
    if (
        at >= ends
        if ends
        else session_is_over(started_at=row.started_at, seen_at=row.seen_at, at=at, idle=idle, most=most)
    ):
        return None
    if request.method in SAFE_METHODS and needs_touch(row.seen_at, at):
        touch_session(row, at=at)
    row.token = token
    return row


def _ask_to_sign_in():
    """A page is asked for again after the sign-in; what was typed into a form is shown, since it would be lost."""
    if request.method in SAFE_METHODS:
        here = request.full_path.rstrip("?")
        return redirect(url_for("sign_in.new", next=here if here != "/" else None))
    raise Unauthorized
