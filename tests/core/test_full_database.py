"""The disk under the database is full: people read on, are told that nothing was saved, and go on when there is room."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from siyu_saas.accounts.models import UserSession
from siyu_saas.core import database
from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState, perform
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.conftest import dispose, migrated
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page
from tests.support.postgres import NOBODY
from tests.support.small_disk import SmallDisk, small_disk

pytestmark = pytest.mark.slow

SQLITE_DISK, POSTGRES_DISK = "size=12m", "size=48m"
MOST_WRITES = 400  # until the room left inside PostgreSQL's pages is used up


@dataclass(frozen=True)
class House:
    """The app with one merchant, its database on a small disk of its own."""

    app: Flask
    shop: Shop
    disk: SmallDisk | None = None

    @contextmanager
    def full(self) -> Iterator[None]:
        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                self.run("pragma wal_checkpoint(truncate)")
        with self.disk.full():
            yield

    def rows(self) -> tuple[int, int]:
        """Sessions, and the audit events that belong to them."""
        with self.app.app_context():
            sessions = db.session.scalar(sa.select(sa.func.count(UserSession.id)))
            told = sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.verb == "session.started")
            return sessions, db.session.scalar(told)

    def is_sound(self) -> bool:
        if self.app.config["SETTINGS"].database.startswith("postgresql"):
            return True  # its rows are counted; it has no check of the whole to ask for
        return self.run("pragma integrity_check") == [("ok",)] and self.run("pragma foreign_key_check") == []

    def run(self, pragma: str) -> list:
        engine = sa.create_engine(self.app.config["SETTINGS"].database, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(pragma).all()]


@contextmanager
def on_sqlite(request, make_settings) -> Iterator[House]:
    """Everything of the embedded profile lies on the small disk."""
    with tempfile.TemporaryDirectory(prefix="siyu-disk-") as folder, small_disk(Path(folder), SQLITE_DISK) as disk:
        app = migrated(make_settings("sqlite", instance_dir=Path(folder)))
        yield House(app, make_shop(app, "dress", "机构"), disk)
        dispose(app)


@contextmanager
def on_postgres(request, make_settings) -> Iterator[House]:
    """A tablespace on the small disk; the server's log of changes lies elsewhere."""
    socket = request.getfixturevalue("postgres_socket")
    with tempfile.TemporaryDirectory(prefix="siyu-disk-") as folder, small_disk(Path(folder), POSTGRES_DISK) as disk:
        os.chmod(folder, 0o777)
        os.chown(folder, NOBODY, NOBODY)
        settings = make_settings("postgresql")
        name = sa.make_url(settings.database).database
        with psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True) as server:
            server.execute(f"create tablespace small location '{folder}'")
            server.execute(f"alter database {name} set tablespace small")
            try:
                app = migrated(settings)
                yield House(app, make_shop(app, "dress", "机构"), disk)
                dispose(app)
            finally:
                server.execute(f"drop database {name} with (force)")
                server.execute("drop tablespace small")


@pytest.fixture(params=[on_sqlite, on_postgres], ids=["sqlite", "postgresql"])
def house(request, make_settings) -> Iterator[House]:
    with request.param(request, make_settings) as house:
        yield house


def try_to_sign_in(house: House) -> tuple[int, str]:
    stranger = Page(house.app)
    form = {"csrf_token": stranger.token(), "email": house.shop.email(Role.LEAD), "password": PASSWORD}
    with stranger.client.post("/sign-in", data=form) as answer:
        return answer.status_code, answer.text


def sign_in_until_refused(house: House) -> str:
    for _ in range(MOST_WRITES):
        status, text = try_to_sign_in(house)
        if status != 302:
            assert status == 503, text
            return text
    raise AssertionError("the disk never became full")


def test_a_write_is_refused_in_plain_words_and_works_when_there_is_room_again(house):
    with house.full():
        told = sign_in_until_refused(house)
        before = house.rows()
        sign_in_until_refused(house)

    assert "磁盘已满" in told
    assert "没有保存" in told
    assert house.shop.email(Role.LEAD) in told
    assert PASSWORD not in told
    assert before[0] == before[1]
    assert house.rows() == before
    assert house.is_sound()

    assert try_to_sign_in(house)[0] == 302
    assert house.rows() == (before[0] + 1, before[1] + 1)


def test_people_who_are_signed_in_read_on(house):
    boss = Page(house.app).sign_in(house.shop.email(Role.BOSS), PASSWORD)

    with house.full():
        sign_in_until_refused(house)
        with time_machine.travel(now() + timedelta(minutes=30)):
            boss.get("overview.workspace", tenant=house.shop.slug)
            boss.get("workspace.files", tenant=house.shop.slug)


def test_an_upload_without_room_leaves_nothing(house):
    boss = Page(house.app).sign_in(house.shop.email(Role.BOSS), PASSWORD)
    small = {"once": "k", "file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv")}

    with house.full():
        sign_in_until_refused(house)
        token = boss.token()
        for number in range(MOST_WRITES):
            form = {"csrf_token": token, "once": f"k{number}", "file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv")}
            with boss.client.post(f"/t/{house.shop.slug}/files", data=form) as answer:
                if answer.status_code != 302:
                    break
        assert answer.status_code == 503
        assert "已满" in answer.text
        kept = names_of_files(house)
    assert len(kept) == number

    boss.post("workspace.add", tenant=house.shop.slug, form=small)
    assert len(names_of_files(house)) == number + 1
    assert house.is_sound()


def test_a_job_waits_for_room_and_then_has_its_effect_once(house):
    boss = Page(house.app).sign_in(house.shop.email(Role.BOSS), PASSWORD)
    boss.post("workspace.add", tenant=house.shop.slug, form={"once": "k", "file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv")})
    job_id = UUID(boss.post("workspace.archive", tenant=house.shop.slug).location.rsplit("/", 1)[1])

    with house.full():
        sign_in_until_refused(house)
        with suppress(sa.exc.OperationalError):
            perform(house.app, job_id)
    with time_machine.travel(now() + timedelta(minutes=10)):
        perform(house.app, job_id)
        assert perform(house.app, job_id) is False

    with house.app.app_context(), tenant(house.shop.id):
        assert db.session.scalars(sa.select(Job.state).where(Job.id == job_id)).one() == JobState.DONE
    assert sorted(Path(name).suffix for name in names_of_files(house)) == [".csv", ".zip"]


def test_a_page_limit_of_the_database_is_a_full_disk_too(make_settings, monkeypatch):
    """SQLite's own error also where nobody may mount."""
    app = migrated(make_settings("sqlite"))
    shop = make_shop(app, "dress", "机构")
    dispose(app)
    house = House(app, shop)
    pages = house.run("pragma page_count")[0][0]
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", (*database.SQLITE_PRAGMAS, f"max_page_count={pages}"))

    told = sign_in_until_refused(house)

    assert "磁盘已满" in told
    assert house.rows()[0] == house.rows()[1]
    assert house.is_sound()
    monkeypatch.undo()
    dispose(app)
    assert try_to_sign_in(house)[0] == 302
    dispose(app)


def names_of_files(house: House) -> list[str]:
    with house.app.app_context(), tenant(house.shop.id):
        return list(db.session.scalars(sa.select(StoredFile.name)))
