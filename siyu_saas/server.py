"""The web server over an app that is loaded already; `gunicorn -c deploy/gunicorn.conf.py wsgi:app` does the same."""

from __future__ import annotations

from flask import Flask
from gunicorn.app.base import Application

from .config import ROOT
from .core.database import db

CONFIG = ROOT / "deploy" / "gunicorn.conf.py"


class Server(Application):
    def __init__(self, app: Flask, bind: str) -> None:
        self.app, self.bind = app, bind
        super().__init__()

    def load_config(self) -> None:
        settings = self.app.config["SETTINGS"]
        self.load_config_from_file(str(CONFIG))
        for name, value in {
            "bind": self.bind,
            "workers": settings.web_workers,
            "threads": settings.web_threads,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def serve(app: Flask, bind: str) -> None:
    """Until SIGTERM."""
    Server(app, bind).run()


def warm(app: Flask) -> None:
    """Answers one page before the workers are forked, so that they share what a first answer makes."""
    app.test_client().get("/sign-in").close()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
