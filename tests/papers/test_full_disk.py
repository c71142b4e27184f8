"""The disk for files is full while a paper is printed: nothing of it is kept, people are told, and it prints once there is room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState, perform
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.papers.models import Paper, PaperSeal
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.support.small_disk import small_disk

HERE = {"tenant": "dress", "number": 1}
DISK = "size=256k"


@pytest.mark.slow
def test_a_print_without_room_leaves_nothing_is_told_and_can_be_printed_again(app, dress_shop, visit):
    """The files lie on a small disk of their own; the database does not."""
    boss = visit(dress_shop, Role.BOSS)
    visit(dress_shop, Role.CONSULTANT).post("charter.send", **HERE)
    files = Path(app.config["SETTINGS"].instance_dir) / "files"
    files.mkdir(exist_ok=True)
    with small_disk(files, DISK) as disk:
        boss.post("charter.print_version", **HERE)
        with disk.full():
            told = tried_until_it_failed(app, boss)
            assert left_behind(app, dress_shop, files) == ([], [], [])
        assert "存储空间已满" in told
        assert printed_again(app, boss)

        assert len(kept(app, dress_shop)) == 1
        paper = kept(app, dress_shop)[0]
        assert boss.get("papers.download", paper_id=paper, **HERE).data.startswith(b"%PDF")


def tried_until_it_failed(app, boss) -> str:
    """What the page says when the queue gives up."""
    job_id = newest_job(app)
    for hours in range(1, 30):
        with time_machine.travel(now() + timedelta(hours=hours)):
            perform(app, job_id)
        if state_of(app, job_id) == JobState.FAILED:
            return boss.get("charter.show", **HERE).text
    raise AssertionError("it was tried for ever")


def printed_again(app, boss) -> bool:
    """By the button that is still there."""
    boss.post("charter.print_version", **HERE)
    with time_machine.travel(now() + timedelta(hours=40)):
        return perform(app, newest_job(app))


def newest_job(app):
    with app.app_context(), system("test"):
        return db.session.scalar(sa.select(Job.id).where(Job.kind == "papers.print").order_by(Job.id.desc()).limit(1))


def state_of(app, job_id) -> JobState:
    with app.app_context(), system("test"):
        return db.session.scalar(sa.select(Job.state).where(Job.id == job_id))


def left_behind(app, shop, folder: Path) -> tuple[list, list, list]:
    """Rows of files, seals, and whatever lies on the disk beside the ballast."""
    with app.app_context(), tenant(shop.id):
        rows, seals = (
            list(db.session.scalars(sa.select(StoredFile.id))),
            list(db.session.scalars(sa.select(PaperSeal.id))),
        )
    return rows, seals, [path for path in folder.rglob("*") if path.is_file() and path.name != "ballast"]


def kept(app, shop) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(Paper.id).where(Paper.file_id.is_not(None))))
