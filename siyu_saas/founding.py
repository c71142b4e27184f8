"""Founding a firm from the command line, through the same form and action as the first page of an empty installation."""

from __future__ import annotations

from flask import current_app
from werkzeug.datastructures import MultiDict

from .config import Settings
from .core.database import db, writing
from .tenants.actions.founding import found_with_owner
from .tenants.forms.firms import FoundingForm
from .tenants.queries.firms import any_firm
from .tenants.views.first_run import account_is_free, founding_code


def found(firm: str, owner: str, login: str, password: str) -> str:
    """What to tell the administrator. Raises ValueError with the reason when such a firm or owner can not be."""
    typed = MultiDict({"firm": firm, "name": owner, "login": login, "password": password})
    with current_app.test_request_context(), writing():
        form = FoundingForm(formdata=typed)
        if not form.validate() or not account_is_free(form, firm):
            raise ValueError("；".join(str(fault) for faults in form.errors.values() for fault in faults))
        email, phone = form.email_and_phone
        made = found_with_owner(
            form.firm.data, name=form.name.data, email=email, phone=phone, password=form.password.data
        )
        db.session.commit()
    return f"「{form.firm.data}」已创建，负责人 {made.name} 用 {made.login} 登录"


def founding_link(settings: Settings) -> str | None:
    """Where the first people found their firm; None once there is one."""
    if any_firm():
        return None
    return f"{settings.base_url.rstrip('/')}/start?code={founding_code(settings)}"
