"""Notices through a real mail server, on both databases: as two kinds of text, with a way to stop, once, and in troubles."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
import time_machine

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, JobState
from siyu_saas.core.tenancy import system
from siyu_saas.notices.jobs import digests
from siyu_saas.tenants.rules import Role
from tests.notices.facts import MORNING, charter_sent, pauses
from tests.support.working import asks, run_jobs


def failed(app) -> int:
    with app.app_context(), system("test"):
        return db.session.scalar(sa.select(sa.func.count()).select_from(Job).where(Job.state == JobState.FAILED))


def test_a_mail_says_the_same_twice_leads_to_the_thing_and_can_be_stopped(app, dress_shop, visit, boss, mailbox):
    charter_sent(visit, dress_shop)
    run_jobs(app)

    mail = next(one for one in mailbox.mails if one["To"] == dress_shop.email(Role.BOSS))
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "dress 商家：" in plain
    assert "请签署" in plain
    assert "请签署" in html
    link = re.search(r"(https?://\S+/t/dress/notices/\S+)", plain)[1]
    assert f'<a href="{link}">' in html
    assert boss.get("/" + link.split("/", 3)[3], expect=302).location.startswith("/t/dress/e/1/charter")
    assert re.fullmatch(r"<https?://\S+/notices/stop/\S+>", mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_in_the_mail_program_stops_mails_without_a_form(app, dress_shop, visit, mailbox):
    """RFC 8058: the mail program posts to the address, without a cookie and without a token of ours."""
    charter_sent(visit, dress_shop)
    run_jobs(app)
    link = next(one for one in mailbox.mails if one["To"] == dress_shop.email(Role.BOSS))["List-Unsubscribe"]
    mailbox.mails.clear()

    path = "/" + link.strip("<>").split("/", 3)[3]
    stranger = visit()
    stranger.post(path, form={"List-Unsubscribe": "One-Click"}, token=False, expect=200)
    charter = dress_shop.email(Role.BOSS)
    pauses(app, dress_shop)
    with time_machine.travel(MORNING + timedelta(days=1)):
        asks(app, digests)
        run_jobs(app)

    assert charter not in [mail["To"] for mail in mailbox.mails]


def test_a_mail_server_that_is_gone_for_an_hour_loses_no_mail(app, dress_shop, visit, changed, mailbox):
    changed(smtp_url="smtp://127.0.0.1:9")
    charter_sent(visit, dress_shop)
    for minute in range(0, 60, 5):
        run_jobs(app, at=MORNING + timedelta(minutes=minute))
    assert mailbox.mails == []

    changed(smtp_url=mailbox.url)
    for minute in range(60, 240, 20):
        run_jobs(app, at=MORNING + timedelta(minutes=minute))

    told = [mail["To"] for mail in mailbox.mails]
    assert dress_shop.email(Role.BOSS) in told
    assert len(told) == len(set(told))
    assert failed(app) == 0


def test_an_address_that_nobody_has_is_told_and_holds_up_nobody(app, dress_shop, visit, boss, mailbox):
    mailbox.refusals[dress_shop.email(Role.BOSS)] = "550 no such user"
    charter_sent(visit, dress_shop)
    run_jobs(app)

    assert dress_shop.email(Role.LEAD_CONSULTANT) in [mail["To"] for mail in mailbox.mails]
    assert failed(app) == 0
    assert "这个邮箱收不到邮件" in boss.get("notices.choices").text
    assert "邮件送不到" in visit(dress_shop, Role.CONSULTANT).get("workspace.people", tenant="dress").text
    assert "邮件送不到" not in visit(dress_shop, Role.VIEWER).get("workspace.people", tenant="dress").text

    mailbox.refusals.clear()
    pauses(app, dress_shop)
    asks(app, digests)
    run_jobs(app)
    with app.app_context():
        assert (
            db.session.scalar(sa.select(User.mail_refused_at).where(User.email == dress_shop.email(Role.BOSS))) is None
        )
