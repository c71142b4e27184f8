"""The owner of the demo firm takes it away with one click."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_login import logout_user

from siyu_saas.core.services import services
from siyu_saas.tenants.guards import may

from .actions.removing import remove_demo
from .queries import demo_firm

demo = Blueprint("demo", __name__, url_prefix="/firm/demo")
PROFILE = "firm.profile"


@demo.app_context_processor
def removal() -> dict:
    """On the firm's own page: where to send it, for the demo firm only."""
    access = g.get("firm_access")
    if request.endpoint != PROFILE or access is None or access.firm_id != demo_firm():
        return {}
    return {"demo_removal": url_for("demo.remove")}


@demo.post("/removal")
@may("firm.edit")
def remove():
    if g.firm_access.firm_id != demo_firm():
        abort(404)
    logout_user()
    remove_demo(storage=services().storage)
    return redirect(url_for("overview.home"))
