"""Before anything answers: the schema up to date and, in the embedded profile, the demo in an empty database."""

from __future__ import annotations

import click
from flask import Flask
from flask_migrate import Migrate, upgrade

from .config import ROOT
from .core.database import db
from .demo.play import play
from .founding import founding_link

MIGRATIONS = str(ROOT / "migrations")


def prepare(app: Flask) -> None:
    """Does only what is left to do; two at the same time do no harm."""
    settings = app.config["SETTINGS"]
    Migrate(app, db, directory=MIGRATIONS)
    with app.app_context():
        upgrade()
        if settings.demo and not settings.production:
            play()
        elif link := founding_link(settings):
            click.echo(f"还没有机构，在浏览器打开这个链接创建：{link}")
