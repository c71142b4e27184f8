"""Where the pages of a workspace, of a firm, and of people who are let in hang."""

from flask import Blueprint

workspace = Blueprint("workspace", __name__, url_prefix="/t/<slug:tenant>")
firm = Blueprint("firm", __name__, url_prefix="/firm")
founding = Blueprint("founding", __name__, url_prefix="/start")
join = Blueprint("join", __name__, url_prefix="/join")
