"""The door for many rows: it stamps, it refuses, and the walls behind it stand."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.core.bulk import BATCH_ROWS, insert_rows
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import TenantError, portfolio, system, tenant
from siyu_saas.tenants.models import Firm
from tests.support.probes import Note

AWKWARD = ['"quoted"', "back\\slash", "{braces}, comma", "NULL", "", "换行\n和\t制表", "'; drop table note; --"]


def titles() -> list[str]:
    return list(db.session.scalars(sa.select(Note.title).order_by(Note.id)))


def test_rows_are_stamped_with_the_merchant_in_scope(app, world):
    with app.app_context(), writing(), tenant(world.ours):
        count = insert_rows(Note, ("title", "hours"), [("x", 3), ("y", 4)], same={"period_id": world.our_period})
        assert count == 2
        rows = db.session.scalars(sa.select(Note).where(Note.title.in_(("x", "y"))).order_by(Note.id)).all()
        assert [(row.tenant_id, row.title, row.hours, row.period_id) for row in rows] == [
            (world.ours, "x", 3, world.our_period),
            (world.ours, "y", 4, world.our_period),
        ]


def test_every_text_arrives_as_it_was(app, world):
    with app.app_context(), writing(), tenant(world.ours):
        insert_rows(Note, ("title",), [(text,) for text in AWKWARD], same={"hours": 1})
        assert titles()[-len(AWKWARD) :] == AWKWARD


def test_more_rows_than_one_batch(app, world):
    seen = []
    with app.app_context(), writing(), tenant(world.ours):
        before = len(titles())
        insert_rows(
            Note, ("title",), (("z",) for _ in range(BATCH_ROWS + 1)), same={"hours": 1}, each_batch=seen.append
        )
        assert len(titles()) == before + BATCH_ROWS + 1
    assert seen == [BATCH_ROWS, BATCH_ROWS + 1]


def test_nothing_is_left_of_a_transaction_that_fails(app, world):
    with app.app_context(), writing(), tenant(world.ours):
        before = titles()
        insert_rows(Note, ("title",), [("gone",)], same={"hours": 1})
        db.session.rollback()
        assert titles() == before


@pytest.mark.parametrize("scope", [lambda world: portfolio([world.ours]), lambda _world: system("test")])
def test_only_a_merchants_own_scope_opens_the_door(app, world, scope):
    with app.app_context(), writing(), scope(world), pytest.raises(TenantError):
        insert_rows(Note, ("title",), [("x",)])


def test_without_a_scope_it_stays_shut(app, world):
    with app.app_context(), pytest.raises(TenantError):
        insert_rows(Note, ("title",), [("x",)])


@pytest.mark.parametrize("columns", [("tenant_id", "title"), ("id",), ("title", "title"), ("nonsense",)])
def test_columns_that_are_not_to_be_filled_are_refused(app, world, columns):
    with app.app_context(), writing(), tenant(world.ours), pytest.raises(TenantError):
        insert_rows(Note, columns, [(str(new_id()), "x")])


def test_the_stamp_cannot_be_given_as_what_is_alike(app, world):
    with app.app_context(), writing(), tenant(world.ours), pytest.raises(TenantError):
        insert_rows(Note, ("title",), [("x",)], same={"tenant_id": world.theirs})


def test_tables_of_the_house_are_refused(app, world):
    with app.app_context(), writing(), tenant(world.ours), pytest.raises(TenantError):
        insert_rows(Firm, ("name",), [("x",)])


def test_a_row_cannot_point_at_another_merchants_row(app, world):
    with app.app_context(), writing(), tenant(world.ours):
        with pytest.raises(sa.exc.IntegrityError):
            insert_rows(Note, ("title", "hours"), [("x", 1)], same={"period_id": world.their_period})
        db.session.rollback()
