"""A paper asked for on a page: printed once by the worker, fetched by both sides, verified by anybody."""

from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState, perform
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.models import Paper, PaperSeal
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def sent(visit, dress_shop) -> Page:
    consultant = visit(dress_shop, Role.CONSULTANT)
    consultant.post("charter.send", **HERE)
    return consultant


def rows(app, shop, model):
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model)))


@pytest.fixture
def work(app, dress_shop):
    """Does what the worker would do."""

    def run() -> list[bool]:
        jobs = [row for row in rows(app, dress_shop, Job) if row.kind == "papers.print"]
        return [perform(app, job.id) for job in jobs if job.state == JobState.QUEUED]

    return run


def test_from_the_button_to_the_file(app, dress_shop, sent, boss, work):
    boss.post("charter.print_version", **HERE)
    assert "排队中" in boss.get("charter.show", **HERE).text
    paper = rows(app, dress_shop, Paper)[0]
    boss.get("papers.download", paper_id=paper.id, expect=404, **HERE)
    assert work() == [True]

    shown = boss.get("charter.show", **HERE).text
    address = re.search(r"/t/dress/e/1/papers/[0-9a-f-]+/file", shown)[0]
    answer = boss.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"%PDF-")
    assert "合作说明" in boss.get("papers.show", paper_id=paper.id, **HERE).text
    assert rows(app, dress_shop, StoredFile)[0].sha256
    assert "生成了 PDF「合作说明」" in boss.get("overview.workspace", tenant="dress").text


def test_the_same_data_is_one_paper_one_job_and_one_file(app, dress_shop, sent, boss, work):
    for page in (boss, sent, boss):
        page.post("charter.print_version", **HERE)
    work()
    boss.post("charter.print_version", **HERE)

    assert work() == []
    assert len(rows(app, dress_shop, Paper)) == 1
    assert len(rows(app, dress_shop, StoredFile)) == 1


def test_a_job_that_is_run_again_prints_nothing_new(app, dress_shop, sent, boss, work):
    boss.post("charter.print_version", **HERE)
    work()
    with app.app_context(), tenant(dress_shop.id):
        job = db.session.scalars(sa.select(Job).where(Job.kind == "papers.print")).one()
        job.state = JobState.QUEUED
        db.session.commit()

    assert work() == [True]
    assert len(rows(app, dress_shop, StoredFile)) == 1


def test_the_fragment_asks_again_until_it_is_printed(app, dress_shop, sent, boss, work):
    boss.post("charter.print_version", **HERE)
    paper = rows(app, dress_shop, Paper)[0]
    asked = {"headers": {"HX-Request": "true"}, "paper_id": paper.id, **HERE}

    assert "data-hx-get" in boss.get("papers.show", **asked).text
    work()

    assert "合作说明 第 1 版.pdf" in boss.get("papers.show", expect=286, **asked).text


def test_what_the_team_keeps_to_itself_does_not_exist_for_the_merchant(app, dress_shop, sent, boss, work):
    boss.post("charter.print_version", **HERE)
    work()
    with app.app_context(), tenant(dress_shop.id):
        paper = db.session.scalars(sa.select(Paper)).one()
        paper.team_only = True
        db.session.commit()

    boss.get("papers.show", paper_id=paper.id, expect=404, **HERE)
    boss.get("papers.download", paper_id=paper.id, expect=404, **HERE)
    sent.get("papers.download", paper_id=paper.id, **HERE)
    assert ".pdf" not in boss.get("charter.show", **HERE).text


def test_anybody_may_hold_a_file_or_a_code_against_the_original(app, dress_shop, sent, boss, work):
    boss.post("charter.print_version", **HERE)
    work()
    paper = rows(app, dress_shop, Paper)[0]
    content = boss.get("papers.download", paper_id=paper.id, **HERE).data
    with app.app_context():
        assert db.session.scalars(sa.select(PaperSeal)).one().code == paper.code
    stranger = Page(app)

    by_code = stranger.get("verify.answer", code=paper.code).text
    by_file = stranger.post("verify_file.check", form={"file": (io.BytesIO(content), "a.pdf")}, expect=200).text
    forged = stranger.post("verify_file.check", form={"file": (io.BytesIO(content + b" "), "a.pdf")}, expect=200).text

    for genuine in (by_code, by_file):
        assert "核验通过" in genuine
        assert "《合作说明》" in genuine
        assert "dress 商家" not in genuine
    assert "没有找到这份文件" in forged
    assert "请选择要比对的" in stranger.post("verify_file.check", expect=422).text
