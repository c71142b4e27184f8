"""The session's scope: one for its life, stamped on what is new, and strict with references."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import TenantError, portfolio, system, tenant
from tests.support.probes import Entry, Note, Period


def test_a_new_row_is_stamped_with_the_merchant_in_scope(app, world):
    with app.app_context(), tenant(world.ours):
        note = Note(id=new_id(), title="ours", period_id=world.our_period)
        db.session.add(note)
        db.session.flush()
        assert note.tenant_id == world.ours


def test_own_rows_can_be_fetched_merged_and_refreshed(app, world):
    with app.app_context(), tenant(world.ours):
        note = db.session.get(Note, (world.ours, world.our_note))
        merged = db.session.merge(Note(tenant_id=world.ours, id=world.our_note, title="new"))
        db.session.flush()
        db.session.refresh(merged)
        assert note is merged
        assert merged.title == "new"


def test_rows_of_one_merchant_never_answer_in_the_scope_of_another(app, world):
    with app.app_context():
        with tenant(world.theirs):
            note = db.session.get(Note, (world.theirs, world.their_note))
            db.session.expire(note)
        with tenant(world.ours):
            with pytest.raises(TenantError, match="scope changed"):
                db.session.get(Note, (world.theirs, world.their_note))
            with pytest.raises(TenantError, match="scope changed"):
                _ = note.title
            with pytest.raises(TenantError, match="scope changed"):
                _ = note.period


def test_a_lazy_load_without_a_scope_raises(app, world):
    with app.app_context():
        with tenant(world.ours):
            period = db.session.scalars(sa.select(Period)).one()
        with pytest.raises(TenantError, match="without a tenant scope"):
            _ = period.notes


def test_the_same_statement_is_not_remembered_for_another_merchant(app, world):
    statement = sa.select(Note.tenant_id).distinct()
    for merchant in (world.ours, world.theirs, world.ours):
        with app.app_context(), tenant(merchant):
            assert db.session.scalars(statement).all() == [merchant]


def test_a_reference_to_another_merchants_row_is_refused(app, world):
    with app.app_context(), system("test"):
        period = db.session.get(Period, (world.theirs, world.their_period))
        note = db.session.get(Note, (world.ours, world.our_note))
        with pytest.raises(TenantError, match="another merchant"):
            note.period = period


def test_a_reference_can_be_taken_away_without_losing_the_merchant(app, world):
    with app.app_context(), tenant(world.ours):
        note = db.session.get(Note, (world.ours, world.our_note))
        note.period = None
        db.session.flush()
        assert (note.tenant_id, note.period_id) == (world.ours, None)


def test_a_system_scope_writes_only_with_an_explicit_merchant(app, world):
    with app.app_context(), system("test"):
        db.session.add(Note(id=new_id(), title="whose?"))
        with pytest.raises(TenantError, match="explicit"):
            db.session.flush()


@pytest.fixture
def entries(app, world):
    """One entry of nobody, one of ours, one of theirs."""
    with app.app_context(), system("test data"):
        for title, merchant in (("nobody", None), ("ours", world.ours), ("theirs", world.theirs)):
            db.session.add(Entry(id=new_id(), title=title, tenant_id=merchant))
        db.session.commit()
    yield
    with app.app_context(), system("test data"):
        db.session.execute(sa.delete(Entry))
        db.session.commit()


def titles() -> set[str]:
    return set(db.session.scalars(sa.select(Entry.title)))


def test_tagged_rows_are_seen_by_their_scope_only(app, world, entries):
    with app.app_context():
        assert titles() == {"nobody"}
    with app.app_context(), tenant(world.ours):
        assert titles() == {"ours"}
    with app.app_context(), portfolio([world.ours]):
        assert titles() == {"ours", "nobody"}


def test_a_tagged_row_of_a_merchant_needs_that_merchants_scope(app, world, entries):
    with app.app_context():
        db.session.add(Entry(id=new_id(), title="smuggled", tenant_id=world.ours))
        with pytest.raises(TenantError):
            db.session.flush()


def test_a_tagged_row_written_in_a_scope_is_stamped(app, world, entries):
    with app.app_context(), tenant(world.ours):
        entry = Entry(id=new_id(), title="new")
        db.session.add(entry)
        db.session.flush()
        assert entry.tenant_id == world.ours


def test_core_sql_on_tagged_rows_is_refused_without_a_scope(app, world, entries):
    with app.app_context(), pytest.raises(TenantError):
        db.session.execute(sa.select(Entry.__table__))
