"""The migrations equal the models, on both databases, up, down and up again; policies and append-only hold."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from siyu_saas.config import ROOT
from siyu_saas.core import audit
from siyu_saas.core.audit import AppendOnly, AuditEvent
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.models import Baseline
from siyu_saas.targets.models import Target
from siyu_saas.tenants.models import Engagement
from tests.conftest import DATABASES, dispose, migrated
from tests.support.environment import clean_environment
from tests.support.merchants import make_shop
from tests.support.targets import make_target


@pytest.fixture(params=DATABASES)
def fresh(request, make_settings):
    app = migrated(make_settings(request.param))
    yield app
    dispose(app)


def owner_of(app) -> sa.Engine:
    return sa.create_engine(app.config["SETTINGS"].database_owner, poolclass=sa.NullPool)


def differences(app) -> list:
    with owner_of(app).connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata)


def test_the_schema_is_what_the_models_say_and_stays_so_down_and_up(fresh):
    assert differences(fresh) == []
    with fresh.app_context():
        downgrade(directory=str(ROOT / "migrations"), revision="base")
        upgrade(directory=str(ROOT / "migrations"))
    assert differences(fresh) == []


def test_every_table_with_a_tenant_has_a_forced_wall(fresh):
    if fresh.config["SETTINGS"].database.startswith("sqlite"):
        pytest.skip("wall 2 is PostgreSQL's")
    walled = {table.name for table in db.metadata.tables.values() if "tenancy" in table.info}
    with owner_of(fresh).connect() as connection:
        rows = connection.execute(
            sa.text("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        ).scalars()
        assert set(rows) == walled
        policies = connection.execute(sa.text("select tablename, count(*) from pg_policies group by 1")).all()
        assert dict(map(tuple, policies)) == dict.fromkeys(walled, 3)


def test_the_login_role_has_no_rights_without_a_scope(fresh):
    url = fresh.config["SETTINGS"].database
    if url.startswith("sqlite"):
        pytest.skip("roles are PostgreSQL's")
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        for table in db.metadata.tables:
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                connection.exec_driver_sql(f'select 1 from "{table}"')
            connection.rollback()


def test_audit_rows_are_never_changed_or_removed(app, dress_shop):
    with app.app_context(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        event = audit.record("engagement.begun", engagement, by=dress_shop.actor, label="x", changes={"a": (1, 2)})
        db.session.commit()
        assert event.changes == {"a": [1, 2]}

        event.label = event.verb = "changed"
        with pytest.raises(AppendOnly):
            db.session.flush()
        db.session.rollback()
        for statement in (sa.update(AuditEvent).values(verb="x"), sa.delete(AuditEvent)):
            with pytest.raises(sa.exc.DBAPIError):
                db.session.execute(statement)
            db.session.rollback()


def test_five_starters_at_once_make_one_schema(make_settings):
    """Real processes against one empty SQLite file."""
    import subprocess
    import sys

    settings = make_settings("sqlite")
    environ = clean_environment(INSTANCE_DIR=str(settings.instance_dir), REDIS_URL=settings.redis_url, DEMO="false")
    command = [sys.executable, "-m", "flask", "--app", "siyu_saas.commands", "prepare"]
    starters = [subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE) for _ in range(5)]
    results = [(starter.communicate()[1], starter.returncode) for starter in starters]
    assert [code for _, code in results] == [0] * 5, [text[-400:] for text, code in results if code]


def test_the_system_scope_writes_everywhere(app, dress_shop, tea_shop):
    with app.app_context(), system("test"):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Engagement)) == 2


def test_a_table_that_others_point_at_is_rebuilt_around_its_rows(fresh):
    """As when a running product is updated: SQLite changes a table by making it anew."""
    shop = make_shop(fresh, "kept", "机构")
    with fresh.app_context(), writing(), tenant(shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        day, sources = date(2026, 4, 1), {"counts": {}, "sources": [], "sha256": "0" * 64, "frozen_by_name": "顾问"}
        frozen = Baseline(id=new_id(), engagement_id=engagement.id, number=1, first=day, last=day, **sources)
        db.session.add(frozen)
        db.session.flush()
        make_target(engagement.id, by=shop.actor, baseline_id=frozen.id)
        db.session.commit()

    with fresh.app_context():
        downgrade(directory=str(ROOT / "migrations"), revision="0025")
        upgrade(directory=str(ROOT / "migrations"))

    with fresh.app_context(), tenant(shop.id):
        assert (
            db.session.scalars(sa.select(Target.baseline_id)).one() == db.session.scalars(sa.select(Baseline.id)).one()
        )
