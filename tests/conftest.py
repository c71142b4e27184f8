"""The app on both databases, two merchants in it, and a page to look at."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from siyu_saas.commands import create_app
from siyu_saas.config import ROOT, Settings
from siyu_saas.core.database import db
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop
from tests.support.page import Page
from tests.support.postgres import make_database, postgres
from tests.support.stock import let_go, stocked_shop, wipe

DATABASES = ("sqlite", "postgresql")


OBJECTS_BETWEEN_COLLECTIONS = 100_000


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again took a sixth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 100)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    with postgres() as socket:
        yield socket


@pytest.fixture(scope="session")
def make_settings(tmp_path_factory, request):
    """Settings for a fresh database of the named kind; nobody listens on the Redis address. Templates are compiled once."""
    made, compiled = [], tmp_path_factory.mktemp("compiled")

    def make(kind: str, **changes) -> Settings:
        made.append(kind)
        folder = tmp_path_factory.mktemp(f"{kind}{len(made)}")
        (folder / "templates").symlink_to(compiled)
        settings = Settings(
            secret_key="test-" * 10,
            instance_dir=folder,
            demo=False,
            redis_url=f"unix://{folder}/nobody.sock",
            web_workers=1,
        )
        if kind == "postgresql":
            app_url, owner_url = make_database(request.getfixturevalue("postgres_socket"), f"siyu_{len(made)}")
            settings = replace(settings, database_url=app_url, database_owner_url=owner_url)
        return replace(settings, **changes)

    return make


@pytest.fixture(scope="session")
def houses(make_settings):
    """Built when first asked for and kept: a test process that turns to the other database and back builds none anew."""
    built: dict[str, Flask] = {}

    def of(kind: str) -> Flask:
        if kind not in built:
            built[kind] = migrated(make_settings(kind))
        return built[kind]

    yield of
    for app in built.values():
        dispose(app)


@pytest.fixture(scope="session", params=DATABASES)
def house(request, houses) -> Flask:
    """The migrated app; one for each database and test process."""
    return houses(request.param)


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The app with an empty database."""
    yield house
    wipe(house)
    forget_attempts(house)


@pytest.fixture
def dress_shop(app: Flask) -> Shop:
    return stocked_shop(app, "dress", "甲顾问")


@pytest.fixture
def tea_shop(app: Flask) -> Shop:
    return stocked_shop(app, "tea", "乙顾问")


@pytest.fixture
def site(app: Flask, dress_shop: Shop, tea_shop: Shop) -> Page:
    """The dress shop's boss, signed in."""
    return Page(app).sign_in(dress_shop.email(Role.BOSS), PASSWORD)


@pytest.fixture
def visit(app: Flask):
    """Signs somebody in: `visit(dress_shop, Role.VIEWER)`; without a role, a stranger."""

    def signed_in(shop: Shop | None = None, role: Role | None = None) -> Page:
        stranger = Page(app)
        return stranger if shop is None else stranger.sign_in(shop.email(role), PASSWORD)

    return signed_in


def migrated(settings: Settings) -> Flask:
    """SQLite gets a copy of a file that the migrations made once in this process."""
    if not settings.database_url:
        shutil.copy(newest_file(), settings.instance_dir / "siyu.db")
    app = create_app(settings)
    app.testing = True
    if settings.database_url:
        migrate(app)
    return app


@cache
def newest_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="siyu-newest-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app(Settings(secret_key="test-" * 10, instance_dir=folder, redis_url=f"unix://{folder}/nobody.sock"))
    migrate(app)
    dispose(app)
    return folder / "siyu.db"


def migrate(app: Flask) -> None:
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))


def dispose(app: Flask) -> None:
    let_go(app)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def forget_attempts(app: Flask) -> None:
    """Failed sign-ins are counted in memory here, since no Redis listens."""
    for limiter in app.extensions["limiter"]:
        limiter._fallback_storage.reset()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-sync", *quiet],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
