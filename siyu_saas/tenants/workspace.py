"""The door: `/t/<tenant>/…` opens for members of that merchant's workspace and is a plain 404 for everybody else.

Inside it the session works in the merchant's scope; inside `/t/<tenant>/e/<number>/…` the engagement is at hand too.
`/firm/…` opens for the people of a consulting firm.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import structlog
from flask import Flask, abort, current_app, g, request, session
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.audit import Actor
from siyu_saas.core.errors import Refusal
from siyu_saas.core.tenancy import tenant
from siyu_saas.web.transaction import SAFE_METHODS

from .queries.engagements import engagement_numbered
from .queries.entries import Access, access_to, firm_access_of
from .rules import Role, Side

LEAVE_PREVIEW = "workspace.end_preview"


class OnlyPreview(Refusal):
    """Somebody looks at a workspace as the merchant and tried to change something."""

    status = 403


def init_workspace(app: Flask) -> None:
    app.url_value_preprocessor(_take_address)
    app.url_defaults(_keep_address)
    app.before_request(_open)
    app.teardown_request(_leave)


def _take_address(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        g.address = {name: values.pop(name) for name in ("tenant", "number") if name in values}


def _keep_address(endpoint: str, values: dict[str, Any]) -> None:
    for name, value in g.get("address", {}).items():
        if name not in values and current_app.url_map.is_endpoint_expecting(endpoint, name):
            values[name] = value


def _open():
    if request.url_rule is None:
        return None
    inside_firm = request.url_rule.rule.startswith("/firm")
    if not inside_firm and "tenant" not in g.address:
        return _know_firm()
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    if inside_firm:
        return _open_firm()
    return _open_workspace()


def _know_firm() -> None:
    """On somebody's own pages the rail leads to their firm too; a merchant has none."""
    audience = getattr(current_app.view_functions[request.endpoint], "open_to", None)
    if audience == "people" and current_user.is_authenticated:
        g.firm_access = firm_access_of(current_user.user_id)


def _open_workspace() -> None:
    access = access_to(current_user.user_id, g.address["tenant"])
    if access is None:
        abort(404)
    _enter(_as_shown(access))
    g.engagement = None
    if "number" in g.address:
        g.engagement = engagement_numbered(g.address["number"])
        if g.engagement is None:
            abort(404)


def _as_shown(access: Access) -> Access:
    """Somebody of the team who looks at the workspace as the merchant sees it, and changes nothing meanwhile."""
    if session.get("preview") != access.slug or access.side is not Side.FIRM or request.endpoint == LEAVE_PREVIEW:
        return access
    if request.method not in SAFE_METHODS:
        raise OnlyPreview(_("现在是店主视角的预览，只能看不能改，什么都没有改变。退出预览后再操作。"))
    return replace(access, role=Role.BOSS, preview=True)


def _open_firm() -> None:
    access = firm_access_of(current_user.user_id)
    if access is None:
        abort(404)
    g.firm_access = access
    g.actor = Actor(current_user.user.name, current_user.user_id, access.firm_id, request.remote_addr)


def _enter(access) -> None:
    g.scopes = ExitStack()
    g.scopes.enter_context(tenant(access.tenant_id))
    g.access = access
    user = current_user.user
    g.actor = Actor(user.name, user.id, access.firm_id, request.remote_addr)
    structlog.contextvars.bind_contextvars(tenant=access.slug, user=str(user.id))


def _leave(_error: BaseException | None) -> None:
    scopes = g.pop("scopes", None)
    if scopes is not None:
        scopes.close()
