"""`/healthz`: the process answers. `/readyz`: database, schema, Redis and storage do too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from uuid import UUID

import redis
import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify

from siyu_saas.config import ROOT
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import Unavailable
from siyu_saas.core.services import services

from .routes import open_to

NOBODY = UUID(int=0)
REVISION = sa.select(sa.column("version_num")).select_from(sa.table("alembic_version"))

health = Blueprint("health", __name__)


def init_health(app: Flask) -> None:
    app.register_blueprint(health)


@health.get("/healthz")
@open_to("everyone")
def alive():
    return jsonify(status="ok")


@health.get("/readyz")
@open_to("everyone")
def ready():
    """503 only for what the product cannot do without; a lost Redis or storage is reported and survived."""
    checks = {"database": _check_schema, "redis": _check_redis, "storage": _check_storage}
    parts = {name: _works(check) for name, check in checks.items()}
    return jsonify(parts), 200 if parts["database"] == "ok" else 503


def _works(check: Callable[[], None]) -> str:
    try:
        check()
    except (sa.exc.SQLAlchemyError, redis.RedisError, Unavailable, RuntimeError, OSError) as error:
        return type(error).__name__
    return "ok"


def _check_schema() -> None:
    current = db.session.scalar(REVISION)
    if current != newest_revision():
        raise RuntimeError(f"schema is at {current}, the code wants {newest_revision()}")


@cache
def newest_revision() -> str:
    """A migration's file begins with its number: asking Alembic would load it, and every migration, at each look."""
    return max(path.name.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("*_*.py"))


def _check_redis() -> None:
    services().outbox.redis.ping()


def _check_storage() -> None:
    next(services().storage.keys_before(NOBODY, now()), None)
