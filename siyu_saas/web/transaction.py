"""One transaction per request: committed when the answer is a success, rolled back otherwise."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue

from siyu_saas.core.database import db, writing

from .routes import LateRule

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class App(Flask):
    url_rule_class = LateRule

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

    def handle_user_exception(self, e: Exception):
        db.session.rollback()
        return super().handle_user_exception(e)
