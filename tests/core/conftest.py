"""Two merchants with rows in the probe tables."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import system
from tests.support.probes import Note, Period, probe_tables


@dataclass
class World:
    ours: UUID
    theirs: UUID
    our_period: UUID
    their_period: UUID
    our_note: UUID
    their_note: UUID


@pytest.fixture(scope="module")
def tables(house):
    with probe_tables(house) as owner:
        yield owner


@pytest.fixture
def world(app, tables, dress_shop, tea_shop):
    """One period and three notes each; their notes carry two hours, ours one."""
    made = {}
    with app.app_context(), system("test data"):
        for shop, hours in ((dress_shop, 1), (tea_shop, 2)):
            period = Period(tenant_id=shop.id, id=new_id(), name=shop.slug)
            notes = [
                Note(tenant_id=shop.id, id=new_id(), title="a", hours=hours, period_id=period.id) for _ in range(3)
            ]
            db.session.add(period)
            db.session.flush()
            db.session.add_all(notes)
            made[shop.slug] = (period.id, notes[0].id)
        db.session.commit()
    yield World(dress_shop.id, tea_shop.id, made["dress"][0], made["tea"][0], made["dress"][1], made["tea"][1])
    with app.app_context(), system("test data"):
        db.session.execute(sa.delete(Note))
        db.session.execute(sa.delete(Period))
        db.session.commit()
