"""Every known way to reach another merchant's rows, tried on both databases: each raises or sees its own rows only."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import TenantError, portfolio, tenant
from tests.support.probes import Merchant, Note, Period


# Each reader returns the tenant ids that it saw; each writer must leave their rows as they were.
def plain_select(s, w):
    return [note.tenant_id for note in s.scalars(sa.select(Note))]


def columns_only(s, w):
    return s.scalars(sa.select(Note.tenant_id)).all()


def sum_of_hours(s, w):
    return [w.ours] if s.scalar(sa.select(sa.func.sum(Note.hours))) == 3 else [w.theirs]


def count_from(s, w):
    return [w.ours] if s.scalar(sa.select(sa.func.count()).select_from(Note)) == 3 else [w.theirs]


def joined_from_house_table(s, w):
    return s.scalars(sa.select(Note.tenant_id).select_from(Merchant).join(Note, Note.tenant_id == Merchant.id)).all()


def through_alias(s, w):
    return [note.tenant_id for note in s.scalars(sa.select(aliased(Note)))]


def through_subquery(s, w):
    return s.scalars(sa.select(sa.select(Note.tenant_id).subquery().c.tenant_id)).all()


def through_cte(s, w):
    return s.scalars(sa.select(sa.select(Note.tenant_id).cte().c.tenant_id)).all()


def through_union(s, w):
    return s.scalars(sa.union_all(sa.select(Note.tenant_id), sa.select(Period.tenant_id))).all()


def exists_of_house_row(s, w):
    return s.scalars(sa.select(Merchant.id).where(sa.exists().where(Note.tenant_id == Merchant.id))).all()


def bare_exists(s, w):
    return [w.theirs] if s.scalar(sa.select(sa.exists().where(Note.tenant_id == w.theirs))) else [w.ours]


def correlated_scalar(s, w):
    counts = sa.select(sa.func.count(Note.id)).where(Note.tenant_id == Merchant.id).scalar_subquery()
    return [merchant for merchant, count in s.execute(sa.select(Merchant.id, counts)) if count]


def get_from_database(s, w):
    note = s.get(Note, (w.theirs, w.their_note))
    return [note.tenant_id] if note else []


def lazy_collection(s, w):
    return [note.tenant_id for note in s.scalars(sa.select(Period)).one().notes]


def eager_select_in(s, w):
    return [
        note.tenant_id
        for period in s.scalars(sa.select(Period).options(selectinload(Period.notes)))
        for note in period.notes
    ]


def eager_joined(s, w):
    rows = s.scalars(sa.select(Period).options(joinedload(Period.notes))).unique()
    return [note.tenant_id for period in rows for note in period.notes]


def or_without_brackets(s, w):
    return [note.tenant_id for note in s.scalars(sa.select(Note).where(sa.or_(Note.hours == 2, Note.hours == 1)))]


def core_table(s, w):
    return s.scalars(sa.select(Note.__table__.c.tenant_id)).all()


def core_table_joined(s, w):
    table = Note.__table__
    return s.scalars(sa.select(table.c.tenant_id).select_from(Merchant).join(table, sa.true())).all()


def core_table_counted(s, w):
    return [w.ours] if s.scalar(sa.select(sa.func.count()).select_from(Note.__table__)) == 3 else [w.theirs]


def raw_text(s, w):
    return s.scalars(sa.text("select tenant_id from probe_note")).all()


def entities_from_text(s, w):
    return [n.tenant_id for n in s.scalars(sa.select(Note).from_statement(sa.text("select * from probe_note")))]


def text_fragment(s, w):
    return s.scalars(sa.select(sa.literal_column("tenant_id")).select_from(sa.text("probe_note"))).all()


def connection_below_session(s, w):
    return s.connection().scalars(sa.text("select tenant_id from probe_note")).all()


def driver_sql(s, w):
    return s.connection().exec_driver_sql("select tenant_id from probe_note").scalars().all()


def engine_beside_session(s, w):
    with db.engine.connect() as connection:
        return connection.scalars(sa.text("select tenant_id from probe_note")).all()


def legacy_query(s, w):
    return [note.tenant_id for note in s.query(Note).all()]


def legacy_count(s, w):
    return [w.ours] if s.query(Note).count() == 3 else [w.theirs]


def streamed(s, w):
    return [note.tenant_id for note in s.scalars(sa.select(Note).execution_options(yield_per=2))]


def update_returning(s, w):
    return s.scalars(sa.update(Note).values(hours=6).returning(Note.tenant_id)).all()


READERS = [
    plain_select, columns_only, sum_of_hours, count_from, joined_from_house_table, through_alias, through_subquery,
    through_cte, through_union, exists_of_house_row, bare_exists, correlated_scalar, get_from_database,
    lazy_collection, eager_select_in, eager_joined, or_without_brackets, core_table, core_table_joined,
    core_table_counted, raw_text, entities_from_text, text_fragment, connection_below_session, driver_sql,
    engine_beside_session, legacy_query, legacy_count, streamed, update_returning,
]  # fmt: skip


def bulk_update(s, w):
    s.execute(sa.update(Note).values(hours=99))


def bulk_delete(s, w):
    s.execute(sa.delete(Note))


def move_by_update(s, w):
    s.execute(sa.update(Note).where(Note.id == w.our_note).values(tenant_id=w.theirs))


def update_by_keys(s, w):
    s.execute(sa.update(Note), [{"tenant_id": w.theirs, "id": w.their_note, "hours": 77}])


def update_where_subquery(s, w):
    s.execute(sa.update(Note).where(Note.period_id.in_(sa.select(Period.id))).values(hours=5))


def insert_values(s, w):
    s.execute(sa.insert(Note).values(tenant_id=w.theirs, id=new_id(), title="x", hours=1, period_id=w.their_period))


def insert_rows(s, w):
    s.execute(sa.insert(Note), [{"tenant_id": w.theirs, "id": new_id(), "title": "x", "hours": 1}])


def insert_from_select(s, w):
    rows = sa.select(sa.literal(w.theirs), Note.id, Note.title, Note.hours)
    s.execute(sa.insert(Note).from_select(["tenant_id", "id", "title", "hours"], rows))


def bulk_mappings(s, w):
    s.bulk_insert_mappings(Note, [{"tenant_id": w.theirs, "id": new_id(), "title": "x", "hours": 1}])


def bulk_objects(s, w):
    s.bulk_save_objects([Note(tenant_id=w.theirs, id=new_id(), title="x")])


def add_foreign(s, w):
    s.add(Note(tenant_id=w.theirs, id=new_id(), title="x"))


def add_pointing_abroad(s, w):
    s.add(Note(id=new_id(), title="x", period_id=w.their_period))


def merge_foreign(s, w):
    s.merge(Note(tenant_id=w.theirs, id=w.their_note, title="hacked"))


def legacy_update(s, w):
    s.query(Note).update({"hours": 55})


def move_object(s, w):
    s.scalars(sa.select(Note).limit(1)).one().tenant_id = w.theirs


WRITERS = [
    bulk_update, bulk_delete, move_by_update, update_by_keys, update_where_subquery, insert_values, insert_rows,
    insert_from_select, bulk_mappings, bulk_objects, add_foreign, add_pointing_abroad, merge_foreign, legacy_update,
    move_object,
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda probe: probe.__name__)
def test_a_reader_sees_its_own_rows_only(app, world, reader):
    with app.app_context(), tenant(world.ours):
        try:
            seen = set(reader(db.session, world))
        except TenantError:
            seen = set()
    assert seen <= {world.ours}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda probe: probe.__name__)
def test_a_writer_leaves_their_rows_alone(app, world, tables, writer):
    before = everything_of(tables, world.theirs)

    with app.app_context(), tenant(world.ours):
        try:
            writer(db.session, world)
            db.session.commit()
        except (TenantError, sa.exc.SQLAlchemyError):
            db.session.rollback()

    assert everything_of(tables, world.theirs) == before


@pytest.mark.parametrize("probe", READERS + WRITERS, ids=lambda probe: probe.__name__)
def test_without_a_scope_nothing_is_read_or_written(app, world, tables, probe):
    before = everything_of(tables, world.ours), everything_of(tables, world.theirs)

    with app.app_context():
        try:
            seen = probe(db.session, world)
            db.session.commit()
        except (TenantError, sa.exc.SQLAlchemyError):
            seen = None
            db.session.rollback()

    assert not seen
    assert (everything_of(tables, world.ours), everything_of(tables, world.theirs)) == before


@pytest.mark.parametrize("writer", WRITERS, ids=lambda probe: probe.__name__)
def test_a_portfolio_writes_nothing(app, world, tables, writer):
    before = everything_of(tables, world.ours), everything_of(tables, world.theirs)

    with app.app_context(), portfolio([world.ours, world.theirs]):
        try:
            writer(db.session, world)
            db.session.commit()
        except (TenantError, sa.exc.SQLAlchemyError):
            db.session.rollback()

    assert (everything_of(tables, world.ours), everything_of(tables, world.theirs)) == before


def test_a_portfolio_reads_the_merchants_it_names(app, world):
    for ids in ([world.ours], [world.ours, world.theirs]):
        with app.app_context(), portfolio(ids):
            assert {note.tenant_id for note in db.session.scalars(sa.select(Note))} == set(ids)


def test_an_empty_portfolio_reads_nothing(app, world):
    with app.app_context(), portfolio([]):
        assert db.session.scalars(sa.select(Note)).all() == []


def everything_of(owner: sa.Engine, tenant_id: UUID) -> list:
    """Read below every guard and, as the superuser, past every policy."""
    url = owner.url.set(username="postgres") if owner.dialect.name == "postgresql" else owner.url
    table = Note.__table__
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return connection.execute(sa.select(table).where(table.c.tenant_id == tenant_id).order_by(table.c.id)).all()
