"""Processes that read a number, add one and write it back, all at once, past the version that would catch a loss."""

from __future__ import annotations

import multiprocessing
import random
from dataclasses import dataclass

import sqlalchemy as sa

from siyu_saas.app import create_app
from siyu_saas.config import Settings
from siyu_saas.core.audit import AuditEvent, record
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Engagement
from tests.support.merchants import Shop


@dataclass(frozen=True)
class Count:
    """`told` counts audit rows, one beside each update; `errors` are what the writers were refused with."""

    asked: int
    found: int
    told: int
    errors: list[str]

    @property
    def lost(self) -> int:
        return self.asked - len(self.errors) - self.found

    @property
    def locked(self) -> int:
        return sum("database is locked" in error for error in self.errors)


def count_up(settings: Settings, shop: Shop, *, processes: int, times: int) -> Count:
    app = create_app(settings)
    before = total(app, shop)
    context = multiprocessing.get_context("forkserver")  # each a process of its own; the product is read in once
    context.set_forkserver_preload(["siyu_saas.app", "bench.writers"])
    with context.Pool(processes) as pool:
        errors = pool.starmap(write, [(settings, shop, times, seed) for seed in range(processes)])
    found = total(app, shop) - before
    with app.app_context(), tenant(shop.id):
        told = db.session.scalar(sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.verb == "counted"))
    dispose(app)
    return Count(processes * times, found, told, [error for some in errors for error in some])


def total(app, shop: Shop) -> int:
    """The sum of the numbers that end the engagements' titles."""
    with app.app_context(), tenant(shop.id):
        return sum(number_in(title) for title in db.session.scalars(sa.select(Engagement.title)))


def number_in(title: str) -> int:
    return int(title.split()[-1])


def write(settings: Settings, shop: Shop, times: int, seed: int) -> list[str]:
    app, pick, errors = create_app(settings), random.Random(seed), []
    with app.app_context():
        for _ in range(times):
            with tenant(shop.id), writing():
                try:
                    add_one(pick, shop)
                    db.session.commit()
                except sa.exc.SQLAlchemyError as error:
                    db.session.rollback()
                    errors.append(str(error))
                finally:
                    db.session.expunge_all()
    dispose(app)
    return errors


def add_one(pick: random.Random, shop: Shop) -> None:
    """By an UPDATE statement: the mapper's version check would turn a lost update into an error."""
    one = pick.choice(db.session.scalars(sa.select(Engagement).order_by(Engagement.number).with_for_update()).all())
    changed = sa.update(Engagement).where(Engagement.id == one.id).values(title=f"服务期 {number_in(one.title) + 1}")
    db.session.execute(changed, execution_options={"synchronize_session": False})
    record("counted", one, by=shop.actor, label=one.title)


def dispose(app) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
