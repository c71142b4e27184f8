"""Where the pages hang. Everything in `sign_in` is throttled by account and by address (`web.limits`)."""

from flask import Blueprint

sign_in = Blueprint("sign_in", __name__)
account = Blueprint("account", __name__)
outbox = Blueprint("outbox", __name__)
