"""What is kept of each merchant's urgency: never older than the rows that it follows from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.core.bulk import insert_rows
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, end_reading, own_transaction, writing
from siyu_saas.core.queue import Job
from siyu_saas.core.tenancy import portfolio, system, tenant
from siyu_saas.metrics.models import DataImport, Observation
from siyu_saas.metrics.rules.measures import MEASURES, Unit
from siyu_saas.metrics.rules.states import ImportState, Source
from siyu_saas.overview.actions.urgency import freshen, freshen_some
from siyu_saas.overview.jobs import freshen_all
from siyu_saas.overview.models import NEVER, Urgency
from siyu_saas.overview.needs import OFF_PACE
from siyu_saas.overview.queries.urgency import INPUTS, urgencies
from siyu_saas.targets.rules.states import Mode, State
from siyu_saas.tenants.models import Engagement, TenantMember
from siyu_saas.tenants.rules import Role, Stage
from tests.support.targets import make_target


@pytest.fixture
def kept(app, dress_shop, tea_shop):
    """Worked out for both firms; then what is kept of the dress shop, read anew."""
    with app.app_context():
        for shop in (dress_shop, tea_shop):
            assert freshen(shop.firm_id, today=today())

    def read(tenant_id=dress_shop.id) -> Urgency:
        with app.app_context():
            return db.session.get_one(Urgency, tenant_id)

    assert read().fresh_on == read(tea_shop.id).fresh_on == today()
    return read


def test_every_table_that_a_reason_follows_from_is_watched():
    assert {
        "audit_event",
        "checklist_item",
        "comment",
        "diagnosis",
        "document",
        "engagement",
        "feedback",
        "milestone",
        "observation",
        "plan",
        "signature",
        "target",
        "target_light",
        "offer",
        "task",
        "tenant",
        "tenant_member",
        "wait",
    } == INPUTS


def by_flush(shop) -> None:
    with tenant(shop.id):
        db.session.scalars(sa.select(Engagement)).one().coordinator = "别人"
        db.session.commit()


def by_update(shop) -> None:
    with tenant(shop.id):
        db.session.execute(sa.update(Engagement).values(coordinator="别人"))
        db.session.commit()


def by_member(shop) -> None:
    row = db.session.scalars(
        sa.select(TenantMember).where(TenantMember.tenant_id == shop.id, TenantMember.role == Role.BOSS)
    ).one()
    row.left_at = now()
    db.session.commit()


def by_many_rows(shop) -> None:
    with tenant(shop.id):
        engagement_id = db.session.scalars(sa.select(Engagement.id)).one()
        source = DataImport(engagement_id=engagement_id, **IMPORT)
        db.session.add(source)
        db.session.flush()
        rows = [("parcels", today(), 1)]
        insert_rows(
            Observation,
            ("field", "day", "value"),
            rows,
            same={"engagement_id": engagement_id, "import_id": source.id, "scope": "all"},
        )
        db.session.commit()


IMPORT = {
    "source": Source.ENTRY,
    "state": ImportState.DONE,
    "name": "x",
    "size": 0,
    "sha256": "",
    "preset": "",
    "plan": {},
    "findings": {},
    "given_by_name": "王",
}


@pytest.mark.parametrize("change", [by_flush, by_update, by_member, by_many_rows])
def test_whoever_writes_by_whatever_door_marks_it(app, dress_shop, tea_shop, kept, change):
    with app.app_context(), writing():
        change(dress_shop)

    assert kept().fresh_on == NEVER
    assert kept(tea_shop.id).fresh_on == today()
    with app.app_context():
        assert freshen(dress_shop.firm_id, today=today())
    with app.app_context(), portfolio([dress_shop.id]):
        anew = urgencies(today=today())[dress_shop.id]
    row = kept()
    assert {name: getattr(row, name) for name in asdict(anew)} == asdict(anew)
    assert row.fresh_on == today()


def test_what_is_rolled_back_marks_nothing(app, dress_shop, kept):
    with app.app_context(), writing(), tenant(dress_shop.id):
        db.session.scalars(sa.select(Engagement)).one().coordinator = "别人"
        db.session.flush()
        db.session.rollback()

    assert kept().fresh_on == today()


def test_rows_written_for_nobody_in_particular_mark_all(app, dress_shop, tea_shop, kept):
    with app.app_context(), writing(), system("a test"):
        db.session.execute(sa.update(Engagement).values(coordinator="别人"))
        db.session.commit()

    assert kept().fresh_on == kept(tea_shop.id).fresh_on == NEVER


def test_what_is_touched_while_it_is_worked_out_stays_to_be_done(app, dress_shop, kept, monkeypatch):
    with app.app_context(), writing():
        by_flush(dress_shop)

    def meanwhile() -> None:
        end_reading()
        with own_transaction() as session:
            session.execute(sa.update(Urgency).values(touched=Urgency.touched + 1))

    monkeypatch.setattr("siyu_saas.overview.actions.urgency.end_reading", meanwhile)
    with app.app_context():
        freshen(dress_shop.firm_id, today=today())

    assert kept().fresh_on == NEVER


def test_it_holds_for_a_day_and_the_clocks_job_renews_it(app, dress_shop, kept):
    tomorrow = today() + timedelta(days=1)
    with app.app_context(), writing():
        assert not freshen_some(db.session(), today=tomorrow)
        db.session.commit()
    assert kept().fresh_on == tomorrow

    with app.app_context(), writing():
        db.session.execute(sa.update(Urgency).values(fresh_on=NEVER))
        assert freshen_all() == {"more": False}
        db.session.commit()
        assert not db.session.scalars(sa.select(Job).where(Job.kind == "overview.freshen")).all()
    assert kept().fresh_on == today()


def test_a_target_that_is_too_slow_is_a_reason(app, visit, dress_shop):
    started = today() - timedelta(days=30)
    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        engagement.stage, engagement.ends_on = Stage.GUIDE, today() + timedelta(days=60)
        target = make_target(
            engagement.id,
            by=dress_shop.actor,
            metric="group_buyers",
            unit=Unit.PEOPLE,
            baseline_value=None,
            value=1000,
            first=started,
            last=started + timedelta(days=59),
            mode=Mode.WINDOW_TOTAL,
            ramp=False,
        )
        target.state = State.AGREED
        db.session.flush()
        source = DataImport(engagement_id=engagement.id, **IMPORT)
        db.session.add(source)
        db.session.flush()
        for back in range(1, 31):
            db.session.add(
                Observation(
                    engagement_id=engagement.id,
                    field=MEASURES["group_buyers"].fields[0],
                    day=today() - timedelta(days=back),
                    value=3,
                    import_id=source.id,
                )
            )
        db.session.commit()

    text = visit(dress_shop, Role.FIRM_OWNER).get("/", most=8).text
    assert "目标开始 30 天，进度落后" in text
    with app.app_context():
        row = db.session.get_one(Urgency, dress_shop.id)
        assert (row.need, row.since) == (OFF_PACE.key, started)
