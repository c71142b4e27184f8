"""A worker that is killed while it talks to a mail server or a platform: nothing is lost, and nothing is sent twice."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from datetime import UTC, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.accounts.models import User
from siyu_saas.app import create_app
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, later, perform
from siyu_saas.core.services import Services, offer, services
from siyu_saas.core.tenancy import system
from siyu_saas.notices.actions.messages import tell
from siyu_saas.notices.facts import Message
from siyu_saas.notices.jobs import digests, mail_notice
from siyu_saas.notices.models import BotLine, Notice
from siyu_saas.notices.rules.kinds import Kind, Mode
from siyu_saas.tenants.rules import Role
from tests.notices.facts import HERE, MORNING, inside, rows, speaks
from tests.support.merchants import Shop
from tests.support.working import asks, run_jobs

HEARD_SECONDS = 20
SENTENCE = "请签署合作说明"


def run_in_worker(settings, changes, job_id) -> None:
    app = create_app(settings)
    with app.app_context():
        before = services()
        offer(db.engine, Services(replace(before.settings, **changes), before.outbox, before.storage))
    perform(app, job_id)


def killed_when(heard, app, job_id, **changes) -> None:
    """Another process begins the job and is killed when somebody was heard of it; it lives in the real time of day."""
    given = (app.config["SETTINGS"], changes, job_id)
    worker = multiprocessing.get_context("spawn").Process(target=run_in_worker, args=given)
    worker.start()
    assert heard.wait(HEARD_SECONDS)
    worker.kill()
    worker.join()


@pytest.fixture
def real():
    return time_machine.escape_hatch.datetime.datetime.now(UTC)


def news_for_the_boss(app, shop: Shop, *, at) -> UUID:
    """Returns the job that mails it."""
    with time_machine.travel(at), inside(app, shop):
        boss = db.session.scalar(sa.select(User.id).where(User.email == shop.email(Role.BOSS)))
        message = Message({boss}, SENTENCE, "charter.show", {"number": 1})
        [notice] = tell(message, kind=Kind.SIGNATURE, key="test")
        return later(mail_notice, notice_id=str(notice.id)).id


@pytest.mark.slow
@pytest.mark.parametrize(("command", "mode"), [("RCPT", Mode.NOW), ("DATA", Mode.DIGEST)])
def test_a_mail_arrives_once_or_is_told_by_the_next_digest(app, dress_shop, mailbox, real, command, mode):
    """Before the content was sent the mail is sent again; after that only the digest tells what it said."""
    job_id = news_for_the_boss(app, dress_shop, at=real)
    mailbox.thinks_at = command
    killed_when(mailbox.heard, app, job_id, smtp_url=mailbox.url)
    mailbox.thinks_at = None
    mailbox.may_answer.set()

    with time_machine.travel(real + timedelta(minutes=10)):
        perform(app, job_id)
    assert [one["Subject"] for one in mailbox.mails] == [f"dress 商家：{SENTENCE}"]
    assert [(one.mode, one.read_at) for one in rows(app, Notice)] == [(mode, None)]

    with time_machine.travel(MORNING + timedelta(days=7)):
        asks(app, digests)
        run_jobs(app)
    digest = [one.get_body(("plain",)).get_content() for one in mailbox.mails[1:]]
    assert [SENTENCE in text for text in digest] == [True] * (mode is Mode.DIGEST)


@pytest.mark.slow
def test_a_bot_says_it_once_and_the_page_asks_whether_the_group_has_it(app, dress_shop, receiver, bot, visit, real):
    speaks(app, dress_shop, bot, at=real, text=SENTENCE)
    with app.app_context(), system("test"):
        job_id = db.session.scalar(sa.select(Job.id))
    receiver.may_answer.clear()
    killed_when(receiver.heard, app, job_id, bot_hosts=("127.0.0.1",))
    receiver.may_answer.set()

    later_on = real + timedelta(minutes=10)
    with time_machine.travel(later_on):
        perform(app, job_id)
        run_jobs(app, at=later_on + timedelta(minutes=10))
        assert [text.count(SENTENCE) for text in receiver.texts] == [1]
        consultant = visit(dress_shop, Role.CONSULTANT)
        page = consultant.get("channels.show", **HERE).text
        assert "不知道群里收到没有" in page
        assert SENTENCE in page

        consultant.post("channels.repeat", bot_id=bot.id, **HERE)
        run_jobs(app, at=later_on + timedelta(minutes=2))
        assert [text.count(SENTENCE) for text in receiver.texts] == [1, 1]
        assert "不知道群里收到没有" not in consultant.get("channels.show", **HERE).text


def test_what_the_group_has_is_not_said_again(app, dress_shop, receiver, bot, visit):
    speaks(app, dress_shop, bot, at=MORNING, text=SENTENCE)
    with inside(app, dress_shop):
        db.session.execute(sa.update(BotLine).values(taken_at=BotLine.at))
    with time_machine.travel(MORNING + timedelta(hours=1)):
        visit(dress_shop, Role.CONSULTANT).post("channels.settle", bot_id=bot.id, **HERE)
        run_jobs(app)
        assert "不知道群里" not in visit(dress_shop, Role.CONSULTANT).get("channels.show", **HERE).text
    assert receiver.texts == []
