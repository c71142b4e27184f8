"""Bots whose platform does not do as it should, on both databases: said on the page, ended, and nobody else is held up."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from siyu_saas.core import outgoing
from siyu_saas.core.clock import now
from siyu_saas.core.errors import NotReady
from siyu_saas.notices.models import BotLine
from siyu_saas.tenants.rules import Role
from tests.notices.facts import HERE, MORNING, pauses, rows, speaks
from tests.support.working import run_jobs

ANSWER_SECONDS = 20


@pytest.mark.parametrize(
    ("status", "answer", "sentence"),
    [
        (500, {}, "对方服务器答复了 500"),
        (302, {}, "对方服务器答复了 302"),
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, "invalid webhook url"),
        (200, ["no object"], "看不懂"),
    ],
)
def test_a_bot_in_trouble_says_so_and_loses_nothing(app, dress_shop, receiver, bot, visit, status, answer, sentence):
    receiver.status, receiver.answer, receiver.location = status, answer, "http://127.0.0.1:9/"
    pauses(app, dress_shop)
    for minute in range(2, 60, 3):
        run_jobs(app, at=MORNING + timedelta(minutes=minute))
    tries = len(receiver.bodies)

    consultant = visit(dress_shop, Role.CONSULTANT)
    assert sentence in consultant.get("channels.show", **HERE).text
    assert tries <= 10
    assert all(line.posted_at is None for line in rows(app, BotLine))

    receiver.status, receiver.answer = 200, {"errcode": 0}
    consultant.post("channels.try_out", bot_id=bot.id, **HERE)
    pauses(app, dress_shop)
    for minute in (90, 92):
        run_jobs(app, at=MORNING + timedelta(minutes=minute))
    said = "".join(receiver.texts[tries:])
    assert (said.count("服务期暂停"), said.count("收到这条消息")) == (2, 1)
    assert sentence not in consultant.get("channels.show", **HERE).text


def test_while_a_platform_hangs_everybody_else_goes_on(app, dress_shop, receiver, bot, monkeypatch):
    """The database is not held, and the call ends by itself."""
    monkeypatch.setattr(outgoing, "TIMEOUT_SECONDS", 1)
    receiver.may_answer.clear()
    speaks(app, dress_shop, bot, at=now(), text="一件事。")
    hanging = threading.Thread(target=run_jobs, args=(app,))
    hanging.start()
    assert receiver.heard.wait(ANSWER_SECONDS)

    pauses(app, dress_shop)

    assert hanging.is_alive()
    hanging.join(ANSWER_SECONDS)
    assert not hanging.is_alive()
    assert [line.posted_at for line in rows(app, BotLine) if line.text == "一件事。"] == [None]


def test_what_went_wrong_while_trying_out_is_said_on_the_page(receiver, bot, visit, dress_shop):
    receiver.status = 500
    consultant = visit(dress_shop, Role.CONSULTANT)

    consultant.post("channels.try_out", bot_id=bot.id, **HERE)

    text = consultant.get("channels.show", **HERE).text
    assert "没有发出去：对方服务器答复了 500" in text
    assert "secret-1234" not in text


def test_a_listed_name_that_leads_into_the_house_is_not_called(receiver):
    with pytest.raises(NotReady, match="不在允许的范围内"):
        outgoing.post_json(f"https://localhost:{receiver.server_port}/send", {}, hosts=("localhost",))

    assert receiver.bodies == []


def test_no_secret_of_a_bot_is_in_a_log(app, dress_shop, receiver, bot, capfd, visit):
    receiver.status = 500
    speaks(app, dress_shop, bot, at=MORNING, text="一件事。")
    run_jobs(app)
    visit(dress_shop, Role.CONSULTANT).post("channels.try_out", bot_id=bot.id, **HERE)

    told = capfd.readouterr()
    assert "notices.bot" in told.out + told.err
    assert "secret-1234" not in told.out + told.err
