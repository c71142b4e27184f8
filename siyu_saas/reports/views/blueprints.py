"""Where reports hang, and the address by which people outside read one."""

from flask import Blueprint

reports = Blueprint("reports", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/reports")
shared = Blueprint("shared", __name__, url_prefix="/r")
