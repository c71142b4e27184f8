"""A plan in the dress shop, made of the small package on its day 0, and people to work on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop
from tests.support.page import Page
from tests.support.plans import plan_for, task_keyed

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def first_day() -> Iterator[None]:
    """It is the morning of day 0."""
    with time_machine.travel("2026-04-01T02:00:00Z", tick=True):
        yield


@pytest.fixture
def inside(app, dress_shop):
    """The merchant's scope, to look at rows or to write some."""

    @contextmanager
    def enter():
        with app.app_context(), writing(), tenant(dress_shop.id):
            yield
            db.session.commit()

    return enter


@pytest.fixture
def planned(first_day, dress_shop, inside) -> Shop:
    with inside():
        plan_for(dress_shop)
    return dress_shop


@pytest.fixture
def consultant(first_day, visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(first_day, visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def id_of(inside):
    def find(key: str):
        with inside():
            return task_keyed(key).id

    return find


def rows(inside, model):
    with inside():
        return list(db.session.scalars(sa.select(model)))


def confirm(boss: Page, *, expect: int = 302, most: int = 32):
    """The boss signs the plan, or the change, that was sent."""
    text = boss.get("plan.confirm", **HERE).text
    sha256 = re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', text)[1]
    form = {"sha256": sha256, "proof": PASSWORD}
    return boss.post("plan.sign", form=form, expect=expect, most=most, **HERE)


@pytest.fixture
def agreed(planned, consultant, boss):
    consultant.post("plan.send", most=20, **HERE)
    confirm(boss)
    return planned
