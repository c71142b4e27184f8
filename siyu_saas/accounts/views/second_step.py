"""The second step of signing in: a one-time code, or a recovery code."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from siyu_saas.accounts.actions import note_failure, use_code
from siyu_saas.accounts.forms import CodeForm
from siyu_saas.accounts.models import User
from siyu_saas.accounts.queries import user_with
from siyu_saas.accounts.rules import SECOND_STEP_VALID_FOR
from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.web.limits import SECOND_STEP
from siyu_saas.web.routes import open_to

from .blueprints import sign_in
from .login import destination, let_in


def begin_second_step(user: User):
    """The password was right; for five minutes the cookie says for whom the code is awaited."""
    session[SECOND_STEP] = {"user": str(user.id), "at": now().isoformat()}
    return redirect(url_for("sign_in.code", next=request.values.get("next") or None))


@sign_in.get("/sign-in/code")
@open_to("everyone")
def code():
    if _awaited() is None:
        return redirect(url_for("sign_in.new"))
    return render_template("accounts/second_step.html", form=CodeForm(formdata=None))


@sign_in.post("/sign-in/code")
@open_to("everyone")
def check_code():
    user_id = _awaited()
    if user_id is None:
        flash(_("等待太久了，请重新登录"), "warning")
        return redirect(url_for("sign_in.new"))
    form, user = CodeForm(), user_with(user_id)
    if form.validate() and user.active and user.totp_secret and use_code(user, form.code.data):
        let_in(user)
        return redirect(destination())
    end_reading()
    note_failure(user, address=request.remote_addr, device=request.user_agent.string)
    form.code.errors = form.code.errors or [_("动态码不对或已用过，请等下一个")]
    return render_template("accounts/second_step.html", form=form), 422


def _awaited() -> UUID | None:
    waiting = session.get(SECOND_STEP)
    if waiting is None or now() - datetime.fromisoformat(waiting["at"]) > SECOND_STEP_VALID_FOR:
        return None
    return UUID(waiting["user"])
