"""Group bots against a real receiver, on both databases: one message a minute's facts, and troubles that lose nothing."""

from __future__ import annotations

from datetime import timedelta

from siyu_saas.notices.models import Bot
from siyu_saas.notices.rules.bots import MOST_A_MINUTE
from siyu_saas.tenants.rules import Role
from tests.notices.facts import HERE, MORNING, pauses, rows, speaks
from tests.support.working import run_jobs


def test_what_happens_within_a_minute_is_one_message_in_the_group(app, dress_shop, receiver, bot):
    pauses(app, dress_shop, times=3)
    run_jobs(app)
    assert receiver.texts == []

    run_jobs(app, at=MORNING + timedelta(minutes=2))

    assert len(receiver.texts) == 1
    assert receiver.texts[0].count("服务期暂停") == 3


def test_a_bots_address_is_never_in_the_database_in_the_clear(app, bot):
    assert "secret-1234" not in rows(app, Bot)[0].sealed_url


def test_a_bot_elsewhere_is_refused_with_what_was_typed(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    for url in ("https://127.0.0.1/x", "https://example.com/hook", "随便写的"):
        answer = consultant.post("channels.add", form={"name": "群", "url": url}, expect=422, **HERE)
        assert url in answer.text


def test_a_bot_never_says_more_than_its_platform_takes(app, dress_shop, receiver, bot):
    """Every round has a line of its own; a minute has thirty rounds."""
    rounds = range(0, 80, 2)
    for second in rounds:
        speaks(app, dress_shop, bot, at=MORNING + timedelta(seconds=second), text=f"第 {second} 秒。")
        run_jobs(app, at=MORNING + timedelta(seconds=second))
    run_jobs(app, at=MORNING + timedelta(minutes=6))

    calls = receiver.moments
    assert len(calls) > MOST_A_MINUTE
    assert all(
        later - first > timedelta(seconds=59) for first, later in zip(calls, calls[MOST_A_MINUTE:], strict=False)
    )
    said = "".join(receiver.texts)
    assert [said.count(f"第 {second} 秒。") for second in rounds] == [1] * len(rounds)


def test_trying_out_counts_as_well(receiver, bot, visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    for _ in range(MOST_A_MINUTE + 2):
        consultant.post("channels.try_out", bot_id=bot.id, **HERE)

    assert len(receiver.bodies) == MOST_A_MINUTE
    assert "请过一分钟再试" in consultant.get("channels.show", **HERE).text
