"""Processes that read a number, add one and write it back, all at once."""

from __future__ import annotations

import multiprocessing
import random

import sqlalchemy as sa

from siyu_saas.app import create_app
from siyu_saas.config import Settings
from siyu_saas.core.audit import AuditEvent, record
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Engagement
from tests.support.merchants import Shop


def count_up(settings: Settings, shop: Shop, *, processes: int, times: int) -> tuple[int, int, int]:
    """Returns (updates asked, updates found, errors); each update also writes an audit row."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(processes) as pool:
        errors = sum(pool.starmap(_count, [(settings, shop, times, seed) for seed in range(processes)]))
    app = create_app(settings)
    with app.app_context(), tenant(shop.id):
        total = sum(db.session.scalars(sa.select(Engagement.version))) - len(
            db.session.scalars(sa.select(Engagement)).all()
        )
        rows = db.session.scalar(sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.verb == "counted"))
        assert total == rows
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    return processes * times, total, errors


def _count(settings: Settings, shop: Shop, times: int, seed: int) -> int:
    app, pick, errors = create_app(settings), random.Random(seed), 0
    with app.app_context():
        for _ in range(times):
            with tenant(shop.id), writing():
                try:
                    rows = sa.select(Engagement).order_by(Engagement.number).with_for_update()
                    one = pick.choice(db.session.scalars(rows).all())
                    one.title = f"{int(one.title.split()[-1]) + 1}"
                    record("counted", one, by=shop.actor, label=one.title)
                    db.session.commit()
                except sa.exc.SQLAlchemyError:
                    db.session.rollback()
                    errors += 1
                finally:
                    db.session.expunge_all()
        for engine in db.engines.values():
            engine.dispose()
    return errors
