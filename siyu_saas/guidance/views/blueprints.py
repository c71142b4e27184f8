"""Where the pages of guidance hang."""

from flask import Blueprint

guidance = Blueprint("guidance", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>")
reviewing = Blueprint("reviewing", __name__, url_prefix="/firm")
