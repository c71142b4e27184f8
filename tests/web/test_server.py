"""What happens before the web processes are forked."""

from __future__ import annotations

from siyu_saas.core.database import db
from siyu_saas.server import warm


def test_what_is_forked_holds_no_connection(app, monkeypatch):
    answered = []
    app_answers = app.wsgi_app
    monkeypatch.setattr(app, "wsgi_app", lambda environ, start: answered.append(environ) or app_answers(environ, start))
    with app.app_context():
        engines = list(db.engines.values())

    warm(app)

    assert [environ["PATH_INFO"] for environ in answered] == ["/sign-in"]
    assert [engine.pool.checkedin() + engine.pool.checkedout() for engine in engines] == [0] * len(engines)
