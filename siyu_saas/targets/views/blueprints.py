"""Where the pages about targets hang."""

from flask import Blueprint

from siyu_saas.metrics.views.archived import refuse_what_is_over

targets = Blueprint("targets", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/targets")
targets.before_request(refuse_what_is_over)

front = Blueprint("targets_front", __name__, url_prefix="/t/<slug:tenant>/targets")
