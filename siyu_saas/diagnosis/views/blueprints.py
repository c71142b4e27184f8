"""The blueprints of this room: a diagnosis inside its service period, and the way to the newest one."""

from flask import Blueprint

diagnosis = Blueprint("diagnosis", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/diagnosis")
front = Blueprint("diagnosis_front", __name__, url_prefix="/t/<slug:tenant>/diagnosis")
