"""Mails about notices, on both databases: at once or once a day, never at night, never to whoever is gone."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import later
from siyu_saas.notices.actions.messages import tell
from siyu_saas.notices.facts import Message
from siyu_saas.notices.jobs import digests, mail_notice
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import TenantMember
from siyu_saas.tenants.rules import Role
from tests.notices.facts import HERE, MORNING, inside, mails, pauses
from tests.support.working import asks, run_jobs


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
