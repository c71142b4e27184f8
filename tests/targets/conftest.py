"""The dress shop's people at the table, and one target in front of them."""

from __future__ import annotations

import re

import pytest

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.targets.models import Target
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD
from tests.support.page import Page
from tests.support.targets import make_target

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def target_id(app, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        target = make_target(engagement_numbered(1).id, by=dress_shop.actor)
        db.session.commit()
        return target.id


@pytest.fixture
def at(target_id) -> dict:
    return {**HERE, "target_id": target_id}


@pytest.fixture
def proposed(consultant, at) -> Page:
    consultant.post("targets.propose", most=16, **at)
    return consultant


@pytest.fixture
def standing(app, dress_shop, target_id):
    """The row as it is in the database."""

    def read() -> Target:
        with app.app_context(), tenant(dress_shop.id):
            return db.session.scalars(db.select(Target).where(Target.id == target_id)).one()

    return read


def digest_on(page: Page, at: dict) -> str:
    return re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', page.get("targets.show", **at).text)[1]


def signs(page: Page, at: dict, *, sha256: str | None = None, proof: str = PASSWORD, expect: int = 302):
    form = {"sha256": sha256 or digest_on(page, at), "proof": proof}
    return page.post("targets.put_signature", form=form, expect=expect, most=16, **at)
