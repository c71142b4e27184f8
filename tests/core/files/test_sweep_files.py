"""Content that no row names is removed a day later; everything else stays. In a folder and in a bucket."""

from __future__ import annotations

import os
import time
import tracemalloc
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.files import storage as storages
from siyu_saas.core.files.content import accept
from siyu_saas.core.files.keys import new_key
from siyu_saas.core.files.storage import UNFINISHED_PREFIX, LocalStorage
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import Job, later, perform
from siyu_saas.core.services import Services, offer, services
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.actions.files import add_file, remove_file
from siyu_saas.tenants.jobs import ORPHAN_AGE, sweep_files
from siyu_saas.tenants.models import StoredFile

OLD = ORPHAN_AGE + timedelta(minutes=1)
YOUNG = ORPHAN_AGE - timedelta(minutes=1)


@pytest.fixture
def night(app, storage):
    with offered(app, storage):
        yield app


@contextmanager
def offered(app, storage):
    """The app with the store under test."""
    with app.app_context():
        before = services()
        offer(db.engine, Services(before.settings, before.outbox, storage))
    yield
    with app.app_context():
        offer(db.engine, before)


class Slow:
    """An upload that stands still after its first piece until it is let go."""

    def __init__(self):
        self.begun, self.go = Event(), Event()
        self.left = [b"second piece", b"first piece, "]

    def read(self, *_):
        if len(self.left) == 1:
            self.begun.set()
            assert self.go.wait(20)
        return self.left.pop() if self.left else b""


def key(tenant_id: UUID) -> str:
    return new_key(tenant_id, "csv", today(), new_id())


def stored(storage, tenant_id: UUID, *, age: timedelta) -> str:
    """Content without a row, stored that long ago."""
    name, moment = key(tenant_id), now() - age
    with time_machine.travel(moment):
        storage.put(name, BytesIO(b"x"))
    if isinstance(storage, LocalStorage):
        os.utime(storage.root / name, (moment.timestamp(), moment.timestamp()))
    return name


def uploaded(app, shop, storage, *, commit: bool = True) -> StoredFile:
    with app.app_context(), writing(), tenant(shop.id), accept(BytesIO(b"a\n1\n"), "a.csv") as content:
        file = add_file(content, engagement_id=None, form_key=new_id().hex, storage=storage, by=shop.actor)
        db.session.commit() if commit else db.session.rollback()
        return file


def sweep(app) -> int:
    """As the night does it: a job without a merchant."""
    with app.app_context(), writing():
        job = later(sweep_files)
        db.session.commit()
    assert perform(app, job.id)
    with app.app_context():
        return db.session.scalars(sa.select(Job.result).where(Job.id == job.id)).one()["removed"]


def test_what_a_failed_transaction_stored_is_gone_a_day_later(night, storage, dress_shop, tea_shop):
    kept = [uploaded(night, shop, storage).key for shop in (dress_shop, tea_shop)]
    lost = [uploaded(night, shop, storage, commit=False).key for shop in (dress_shop, tea_shop)]
    assert all(map(storage.exists, kept + lost))

    assert sweep(night) == 0
    with time_machine.travel(now() + OLD):
        assert sweep(night) == 2
        assert sweep(night) == 0

    assert all(map(storage.exists, kept))
    assert not any(map(storage.exists, lost))


def test_only_content_older_than_a_day_is_touched(night, storage, dress_shop):
    old, young = (stored(storage, dress_shop.id, age=age) for age in (OLD, YOUNG))

    assert sweep(night) == 1

    assert storage.exists(young)
    assert not storage.exists(old)


def test_a_file_that_is_being_uploaded_is_never_removed(app, folder, dress_shop):
    """A bucket has nothing to show before all of it has arrived."""
    slow, name = Slow(), key(dress_shop.id)
    uploading = Thread(target=folder.put, args=(name, slow))
    uploading.start()
    assert slow.begun.wait(20)

    with offered(app, folder):
        removed = sweep(app)
    slow.go.set()
    uploading.join()

    assert removed == 0
    with folder.open(name) as content:
        assert content.read() == b"first piece, second piece"


def test_content_that_is_stored_and_not_yet_named_is_left_alone(night, storage, dress_shop):
    name = stored(storage, dress_shop.id, age=timedelta())

    assert sweep(night) == 0
    assert storage.exists(name)


def test_the_content_of_a_removed_file_is_left_to_its_own_job(night, storage, dress_shop):
    file = uploaded(night, dress_shop, storage)
    with night.app_context(), writing(), tenant(dress_shop.id):
        remove_file(db.session.get(StoredFile, (dress_shop.id, file.id)), by=dress_shop.actor)
        db.session.commit()

    with time_machine.travel(now() + OLD):
        assert sweep(night) == 0

    assert storage.exists(file.key)


def test_content_of_a_merchant_who_is_unknown_here_is_left_alone(night, storage, dress_shop):
    """Another installation may share the bucket."""
    theirs = stored(storage, new_id(), age=OLD)

    assert sweep(night) == 0
    assert storage.exists(theirs)


def test_what_is_not_a_file_of_ours_is_left_alone(folder, bucket, dress_shop):
    readme = f"{dress_shop.id}/README.txt"
    (folder.root / str(dress_shop.id)).mkdir(parents=True)
    (folder.root / readme).write_text("do not touch")
    os.utime(folder.root / readme, (0, 0))
    bucket.client.put_object(Bucket=bucket.bucket, Key=readme, Body=b"do not touch")

    tomorrow = now() + OLD

    assert list(folder.keys_before(dress_shop.id, tomorrow)) == []
    assert list(bucket.keys_before(dress_shop.id, tomorrow)) == []
    assert folder.forget_unfinished(dress_shop.id, tomorrow) == 0


def test_half_a_file_of_a_killed_process_is_removed_a_day_later(folder, dress_shop):
    whole = stored(folder, dress_shop.id, age=OLD)
    leftovers = [(folder.root / whole).with_name(UNFINISHED_PREFIX + name) for name in ("old", "new")]
    for path in leftovers:
        path.write_bytes(b"half")
    os.utime(leftovers[0], (time.time() - OLD.total_seconds(),) * 2)

    assert folder.forget_unfinished(dress_shop.id, now() - ORPHAN_AGE) == 1

    assert [path.exists() for path in leftovers] == [False, True]
    assert folder.exists(whole)


def test_links_are_neither_followed_nor_removed(folder, tmp_path, dress_shop, tea_shop):
    theirs = stored(folder, tea_shop.id, age=OLD)
    (folder.root / str(dress_shop.id)).symlink_to(folder.root / str(tea_shop.id))

    assert list(folder.keys_before(dress_shop.id, now())) == []
    assert folder.exists(theirs)


def test_a_merchant_without_files_has_nothing_to_sweep(storage):
    assert list(storage.keys_before(new_id(), now())) == []
    assert storage.forget_unfinished(new_id(), now()) == 0


def test_a_long_list_is_read_page_by_page_while_it_is_being_emptied(night, storage, dress_shop, monkeypatch):
    monkeypatch.setattr(storages, "LIST_PAGE", 2)
    monkeypatch.setattr("siyu_saas.tenants.jobs.SWEEP_BATCH", 3)
    kept = uploaded(night, dress_shop, storage).key
    for _ in range(8):
        stored(storage, dress_shop.id, age=timedelta())

    with time_machine.travel(now() + OLD):
        assert sweep(night) == 8

    assert storage.exists(kept)


def test_memory_does_not_grow_with_the_number_of_files(folder, dress_shop):
    def peak_of_listing(count: int) -> int:
        place = (folder.root / key(dress_shop.id)).parent
        place.mkdir(parents=True, exist_ok=True)
        for _ in range(count):
            (place / f"{new_id()}.csv").touch()
        tracemalloc.start()
        listed = sum(1 for _ in folder.keys_before(dress_shop.id, now() + OLD))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert listed >= count
        return peak

    few, many = peak_of_listing(200), peak_of_listing(4_000)

    assert many < 1.5 * few
