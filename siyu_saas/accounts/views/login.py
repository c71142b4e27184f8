"""Who is behind a request: the cookie names a session row; one that is over, ended or of a closed account signs nobody in."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login import LoginManager, login_user
from werkzeug.exceptions import Unauthorized

from siyu_saas.accounts.actions import start_session, touch_session
from siyu_saas.accounts.models import User, UserSession
from siyu_saas.accounts.queries import open_session
from siyu_saas.accounts.rules import needs_touch, safe_next, session_is_over
from siyu_saas.core.clock import now
from siyu_saas.web.transaction import SAFE_METHODS


def init_login(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None
    manager.user_loader(_person_of)
    manager.unauthorized_handler(_ask_to_sign_in)


def let_in(user: User) -> None:
    """A fresh session and a fresh cookie for this browser."""
    row = start_session(user, address=request.remote_addr, device=request.user_agent.string)
    session.clear()
    login_user(row)


def destination() -> str:
    return safe_next(request.values.get("next")) or url_for("overview.home")


def _person_of(token: str) -> UserSession | None:
    row = open_session(token)
    if row is None:
        return None
    settings, at = current_app.config["SETTINGS"], now()
    idle, most = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    if row.expires_at is not None:
        if at >= row.expires_at:
            return None
    elif session_is_over(started_at=row.started_at, seen_at=row.seen_at, at=at, idle=idle, most=most):
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
