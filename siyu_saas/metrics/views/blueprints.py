"""Where the pages of an engagement's numbers hang."""

from flask import Blueprint

data = Blueprint("data", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/data")
