"""From a fact to the people it concerns, on both databases: inbox, mails, digests, bots, calendars."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa
import time_machine
from icalendar import Calendar

from siyu_saas.core.clock import SHANGHAI, now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import Job, JobState, later, perform
from siyu_saas.core.services import Services, offer, services
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.notices.actions.bots import add_bot
from siyu_saas.notices.actions.messages import tell
from siyu_saas.notices.facts import DUE_THINGS, Due, Message
from siyu_saas.notices.jobs import digests, ladders, mail_notice
from siyu_saas.notices.models import Bot, BotLine, Notice
from siyu_saas.notices.rules.bots import Platform
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.actions.engagements import pause, resume
from siyu_saas.tenants.models import Engagement, TenantMember
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import Shop
from tests.support.page import Page
from tests.support.receiver import receiving

HERE = {"tenant": "dress", "number": 1}
MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def daytime():
    with time_machine.travel(MORNING):
        yield


@pytest.fixture(autouse=True)
def empty_outbox(app):
    """The folder is the process's own; other tests leave their mails there."""
    mails(app)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


def run_jobs(app, *, at: datetime | None = None) -> int:
    """Runs what is due, also what that asks for; returns how many ended well."""
    done = 0
    with time_machine.travel(at or now()):
        while waiting := _due(app):
            done += sum(perform(app, job_id) for job_id in waiting)
    return done


def _due(app) -> list:
    with app.app_context(), system("test"):
        chosen = sa.select(Job.id).where(Job.state == JobState.QUEUED, Job.not_before <= now())
        return list(db.session.scalars(chosen.order_by(Job.not_before, Job.id)))


@contextmanager
def inside(app, shop: Shop):
    with app.app_context(), writing(), tenant(shop.id):
        yield
        db.session.commit()


def pauses(app, shop: Shop, times: int = 1) -> None:
    """Facts that concern everybody."""
    for _ in range(times):
        with inside(app, shop):
            engagement = db.session.scalar(sa.select(Engagement))
            pause(engagement, reason="双 11", side=Side.MERCHANT, on=today(), by=shop.actor)
        with inside(app, shop):
            resume(db.session.scalar(sa.select(Engagement)), on=today(), by=shop.actor)


def rows(app, model) -> list:
    with app.app_context(), system("test"):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def mails(app) -> list:
    folder = app.config["SETTINGS"].outbox_dir
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]
    for path in folder.glob("*.eml"):
        path.unlink()
    return found


def asks(app, handler) -> None:
    with app.app_context(), writing():
        later(handler)
        db.session.commit()


def test_a_fact_reaches_everybody_concerned_once_and_nobody_else(app, dress_shop, tea_shop, boss, visit):
    pauses(app, dress_shop)
    run_jobs(app)
    run_jobs(app)

    assert "服务期暂停：双 11" in boss.get("notices.show").text
    assert "暂停" not in visit(tea_shop, Role.BOSS).get("notices.show").text
    keys = [(row.user_id, row.key) for row in rows(app, Notice)]
    assert len(keys) == len(set(keys))


def test_what_was_rolled_back_is_not_told(app, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        pause(db.session.scalar(sa.select(Engagement)), reason="x", side=Side.FIRM, on=today(), by=dress_shop.actor)
        db.session.rollback()

    run_jobs(app)

    assert rows(app, Notice) == []


def test_the_jump_marks_as_read_and_leads_to_the_thing(app, dress_shop, boss):
    pauses(app, dress_shop)
    run_jobs(app)
    assert "2 条未读" in re.sub(r"<[^>]+>", "", boss.get("notices.show").text)
    address = re.search(r'href="(/t/dress/notices/[0-9a-f-]{36})"', boss.get("notices.show").text)[1]

    assert boss.get(address, expect=302).location.endswith("/t/dress/")

    assert "1 条未读" in re.sub(r"<[^>]+>", "", boss.get("notices.show").text)
    boss.post("notices.read_all", most=20)
    assert "没有未读" in boss.get("notices.show").text
    assert "count" not in boss.get("notices.count").text


def test_a_message_of_somebody_else_does_not_exist(app, dress_shop, boss, visit):
    pauses(app, dress_shop)
    run_jobs(app)
    address = re.search(r'href="(/t/dress/notices/[0-9a-f-]{36})"', boss.get("notices.show").text)[1]

    visit(dress_shop, Role.CS).get(address, expect=404)


def test_thirty_five_changes_in_an_hour_are_one_digest(app, dress_shop):
    pauses(app, dress_shop, times=18)
    run_jobs(app)
    assert mails(app) == []

    for hour in range(12):
        with time_machine.travel(MORNING + timedelta(hours=1 + hour)):
            asks(app, digests)
            run_jobs(app)

    sent = mails(app)
    to_boss = [mail for mail in sent if mail["To"] == dress_shop.email(Role.BOSS)]
    assert len(to_boss) == 1
    assert to_boss[0]["Subject"] == "今日汇总：36 件事"
    assert "notices/stop/" in to_boss[0]["List-Unsubscribe"]
    with time_machine.travel(MORNING + timedelta(days=1)):
        asks(app, digests)
        run_jobs(app)
    assert mails(app) == []


def test_at_night_no_mail_goes_out(app, dress_shop, visit):
    night = MORNING.replace(hour=22)
    with time_machine.travel(night):
        visit(dress_shop, Role.CONSULTANT).post("charter.send", most=20, **HERE)
        run_jobs(app)
        asks(app, digests)
        run_jobs(app)
        assert mails(app) == []

    run_jobs(app, at=night + timedelta(hours=11, minutes=1))

    sent = mails(app)
    assert "请签署" in next(mail["Subject"] for mail in sent if mail["To"] == dress_shop.email(Role.BOSS))
    assert len({mail["Message-ID"] for mail in sent}) == len(sent)


def test_whoever_chose_never_gets_no_mail_and_still_finds_it_in_the_inbox(app, dress_shop, boss, visit):
    visit(dress_shop, Role.CONSULTANT).post("charter.send", most=20, **HERE)
    run_jobs(app)
    link = re.search(
        r"<(http[^>]+)>", next(m for m in mails(app) if m["To"] == dress_shop.email(Role.BOSS))["List-Unsubscribe"]
    )[1]
    stranger = visit()
    path = "/" + link.split("/", 3)[3]
    stranger.post(path)
    assert "已停止" in stranger.get(f"{path}?done=1").text

    pauses(app, dress_shop)
    run_jobs(app)

    assert all(mail["To"] != dress_shop.email(Role.BOSS) for mail in mails(app))
    assert "暂停" in boss.get("notices.show").text


def test_choices_are_kept_for_each_kind(boss):
    form = dict.fromkeys(
        (
            "signature",
            "returned",
            "counter",
            "mention",
            "comment",
            "due",
            "overdue",
            "submitted",
            "ready",
            "failed",
            "changed",
        ),
        "digest",
    )
    boss.post("notices.keep_choices", form={**form, "changed": "never"}, most=20)
    text = boss.get("notices.choices").text
    assert re.search(r'checked[^>]*name="changed"[^>]*value="never"', text)
    boss.post("notices.keep_choices", form={**form, "changed": "sometimes"}, expect=422, most=20)


def test_a_removed_person_is_told_nothing_more(app, dress_shop, boss):
    pauses(app, dress_shop)
    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).where(TenantMember.role == Role.BOSS).values(left_at=now()))
        db.session.commit()

    run_jobs(app)
    asks(app, digests)
    run_jobs(app)

    assert dress_shop.email(Role.BOSS) not in [mail["To"] for mail in mails(app)]


def test_a_mail_that_waited_for_the_morning_does_not_reach_who_was_removed_at_night(app, dress_shop, visit):
    night = MORNING.replace(hour=22)
    with time_machine.travel(night):
        visit(dress_shop, Role.CONSULTANT).post("charter.send", most=20, **HERE)
        run_jobs(app)
        with app.app_context(), writing():
            db.session.execute(sa.update(TenantMember).where(TenantMember.role == Role.BOSS).values(left_at=now()))
            db.session.commit()
    run_jobs(app, at=night + timedelta(hours=11, minutes=1))
    sent = [mail["To"] for mail in mails(app)]
    assert sent
    assert dress_shop.email(Role.BOSS) not in sent


def test_a_reason_of_several_lines_is_one_line_of_a_mail(app, dress_shop, visit):
    with time_machine.travel(MORNING), inside(app, dress_shop):
        people = set(db.session.scalars(sa.select(TenantMember.user_id).where(TenantMember.role == Role.BOSS)))
        made = tell(
            Message(people, "被退回：一\r\nBcc: x@y.example\n二", "overview.workspace"), kind=Kind.RETURNED, key="k"
        )
        later(mail_notice, notice_id=str(made[0].id))
    run_jobs(app)
    assert [mail["Subject"] for mail in mails(app)] == ["dress 商家：被退回：一 Bcc: x@y.example 二"]


@pytest.fixture
def due_task(app, dress_shop):
    """Something due on the 26th, of the customer service; the boss leads."""
    with app.app_context(), tenant(dress_shop.id):
        by_role = {
            row.role: row.user_id
            for row in db.session.scalars(sa.select(TenantMember).where(TenantMember.tenant_id == dress_shop.id))
        }
        engagement_id = db.session.scalar(sa.select(Engagement.id))
    open_things = [
        Due(
            "task-1",
            "欢迎语五要素",
            MORNING.date() + timedelta(days=1),
            [by_role[Role.CS]],
            [by_role[Role.BOSS]],
            "overview.engagement",
            {"number": 1},
            engagement_id,
        )
    ]

    def source() -> list[Due]:
        from siyu_saas.core.tenancy import current_scope

        return open_things if current_scope().write == dress_shop.id else []

    DUE_THINGS.append(source)
    yield open_things
    DUE_THINGS.remove(source)


def test_the_ladder_climbs_once_a_rung_and_stops_when_done(app, dress_shop, tea_shop, due_task):
    told = []
    for day in range(8):
        for hour in (0, 3):
            with time_machine.travel(MORNING + timedelta(days=day, hours=hour)):
                asks(app, ladders)
                run_jobs(app)
        told.append([row.title for row in rows(app, Notice)])

    assert told[0] == ["「欢迎语五要素」明天到期"]
    assert [len(titles) for titles in told] == [1, 1, 2, 2, 3, 3, 3, 3]
    assert told[-1][1:] == ["「欢迎语五要素」已逾期 1 天", "「欢迎语五要素」已逾期 3 天"]


def test_a_thing_that_was_done_is_not_reminded_of(app, dress_shop, due_task):
    due_task.clear()
    asks(app, ladders)
    run_jobs(app)

    assert rows(app, Notice) == []


@pytest.fixture
def receiver(app):
    """A receiver that the product may call."""
    with app.app_context():
        before = services()
        offer(db.engine, Services(replace(before.settings, bot_hosts=("127.0.0.1",)), before.outbox, before.storage))
    with receiving() as server:
        yield server
    with app.app_context():
        offer(db.engine, before)


@pytest.fixture
def bot(app, dress_shop, receiver) -> Bot:
    with inside(app, dress_shop):
        engagement = db.session.scalar(sa.select(Engagement))
        return add_bot(
            engagement_id=engagement.id,
            name="对接群",
            platform=Platform.WECOM,
            url=receiver.url,
            key="",
            by=dress_shop.actor,
        )


def test_what_happens_within_a_minute_is_one_message_in_the_group(app, dress_shop, receiver, bot):
    pauses(app, dress_shop, times=3)
    run_jobs(app)
    assert receiver.texts == []

    run_jobs(app, at=MORNING + timedelta(minutes=2))

    assert len(receiver.texts) == 1
    assert receiver.texts[0].count("服务期暂停") == 3


def test_a_bots_address_is_never_in_the_database_in_the_clear(app, bot):
    assert "secret-1234" not in rows(app, Bot)[0].sealed_url


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
    assert receiver.texts[-1].count("服务期暂停") == 2
    assert sentence not in consultant.get("channels.show", **HERE).text


def test_a_bot_elsewhere_is_refused_with_what_was_typed(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    for url in ("https://127.0.0.1/x", "https://example.com/hook", "随便写的"):
        answer = consultant.post("channels.add", form={"name": "群", "url": url}, expect=422, **HERE)
        assert url in answer.text


def test_a_calendar_shows_the_days_until_its_address_is_void(app, dress_shop, tea_shop, boss, visit):
    boss.post("notices.new_calendar")
    path = re.search(r"(/calendar/[\w-]+\.ics)", boss.get("notices.choices").text)[1]

    book = Calendar.from_ical(visit().get(path).text)
    summaries = [str(event["summary"]) for event in book.walk("VEVENT")]
    assert any("dress" in text and "开始" in text for text in summaries)
    assert not any("tea" in text for text in summaries)
    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).where(TenantMember.role == Role.BOSS).values(left_at=now()))
        db.session.commit()
    assert list(Calendar.from_ical(visit().get(path).text).walk("VEVENT")) == []

    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).values(left_at=None))
        db.session.commit()
    boss.post("notices.drop_calendar")
    visit().get(path, expect=404)
    assert today() == MORNING.date()
