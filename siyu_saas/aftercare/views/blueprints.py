"""Where the pages of the time after hang, and the one question that is asked by a link."""

from flask import Blueprint

aftercare = Blueprint("aftercare", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/aftercare")
survey = Blueprint("survey", __name__, url_prefix="/s")
