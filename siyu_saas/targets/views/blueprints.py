"""Where the pages about targets hang."""

from flask import Blueprint

targets = Blueprint("targets", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/targets")
