"""`/start`: the first people to arrive found the firm. Once there is one, the page does not exist any more.

Where strangers could arrive first (production, or an address that others reach), the page opens only by the link that
`bin/siyu prepare` prints.
"""

from __future__ import annotations

from uuid import UUID

from flask import Flask, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.accounts.queries import login_is_taken
from siyu_saas.accounts.rules import password_fault, same_secret
from siyu_saas.accounts.views.login import let_in
from siyu_saas.config import Settings
from siyu_saas.core.services import services
from siyu_saas.core.tokens import sign
from siyu_saas.tenants.actions.founding import found_with_owner
from siyu_saas.tenants.forms.firms import AccountForm, FoundingForm
from siyu_saas.tenants.queries.firms import any_firm
from siyu_saas.web.routes import open_to

from .blueprints import founding

NOBODY = UUID(int=0)


def init_first_run(app: Flask) -> None:
    @app.before_request
    def lead_to_the_start():
        if request.endpoint == "sign_in.new" and not any_firm():
            return redirect(url_for("founding.ask"))
        return None


def founding_code(settings: Settings) -> str:
    return sign(settings.secret_key, "founding", NOBODY)


@founding.get("")
@open_to("everyone")
def ask():
    _refuse_when_founded()
    code = request.args.get("code", "")
    if not _may_found(code):
        return render_template("tenants/not_yet_founded.html"), 403
    return render_template("tenants/founding.html", form=FoundingForm(formdata=None, code=code))


@founding.post("")
@open_to("everyone")
def found():
    _refuse_when_founded()
    form = FoundingForm()
    if not _may_found(form.code.data or ""):
        return render_template("tenants/not_yet_founded.html"), 403
    if not form.validate() or not account_is_free(form, form.firm.data):
        return render_template("tenants/founding.html", form=form), 422
    email, phone = form.email_and_phone
    owner = found_with_owner(
        form.firm.data,
        name=form.name.data,
        email=email,
        phone=phone,
        password=form.password.data,
        address=request.remote_addr,
    )
    let_in(owner)
    return redirect(url_for("overview.home"))


def account_is_free(form: AccountForm, *own: str | None) -> bool:
    """Notes at the fields why no such account can be made."""
    email, phone = form.email_and_phone
    if login_is_taken(email=email, phone=phone, by_other_than=NOBODY):
        form.login.errors = [_("这个邮箱或手机号已经有账号，请先登录，再打开链接")]
    elif fault := password_fault(form.password.data, form.name.data, email, phone, *own):
        form.password.errors = [fault]
    return not form.errors


def _refuse_when_founded() -> None:
    if any_firm():
        abort(404)


def _may_found(code: str) -> bool:
    settings = services().settings
    return settings.private or same_secret(code, founding_code(settings))
