"""Where the pages about messages hang."""

from flask import Blueprint

notices = Blueprint("notices", __name__)
channels_pages = Blueprint("channels", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/channels")
calendar = Blueprint("calendar", __name__)
