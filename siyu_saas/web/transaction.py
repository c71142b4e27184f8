"""One transaction per request: committed when the answer is a success, rolled back otherwise; addresses built once."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask.typing import ResponseReturnValue

from siyu_saas.core.database import db, writing

from .routes import LateRule

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MOST_ADDRESSES = 4_096


class App(Flask):
    url_rule_class = LateRule

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple, str] = {}

    def url_for(self, endpoint: str, **values: Any) -> str:
        """Building an address costs ten times as much as looking it up. When there are too many, they begin anew."""
        if "_external" in values or not has_request_context():
            return super().url_for(endpoint, **values)
        nearby = request.blueprint if endpoint.startswith(".") else None
        asked = (endpoint, nearby, request.script_root, repr(g.get("address")), repr(values))
        address = self._addresses.get(asked)
        if address is None:
            if len(self._addresses) >= MOST_ADDRESSES:
                self._addresses.clear()
            address = self._addresses[asked] = super().url_for(endpoint, **values)
        return address

    def full_dispatch_request(self):
        with writing(request.method not in SAFE_METHODS):
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response

    def ensure_sync(self, func):
        """No view or hook here is asynchronous, so none is asked about it at each request."""
        return func

    def handle_user_exception(self, e: Exception):
        db.session.rollback()
        return super().handle_user_exception(e)


def only_reads() -> bool:
    """Whether this request changes nothing that a service period holds, and so is allowed when it is over."""
    view = current_app.view_functions.get(request.endpoint)
    return request.method in SAFE_METHODS or getattr(view, "changes_nothing", False)
