"""The inbox, on both databases: who is told, once; what is read; where a message leads."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.notices.mails import stop_address
from siyu_saas.notices.models import Notice
from siyu_saas.notices.rules.kinds import Kind, Mode
from siyu_saas.tenants.actions.engagements import pause
from siyu_saas.tenants.models import Engagement, TenantMember
from siyu_saas.tenants.rules import Role, Side
from tests.notices.facts import MORNING, inside, pauses, rows
from tests.support.working import run_jobs


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


def test_a_thousand_unread_are_one_page_and_one_button(app, dress_shop, boss):
    with inside(app, dress_shop):
        person = db.session.scalar(sa.select(TenantMember.user_id).where(TenantMember.role == Role.BOSS))
        for number in range(1_000):
            db.session.add(
                Notice(
                    user_id=person,
                    kind=Kind.CHANGED,
                    mode=Mode.DIGEST,
                    key=f"n{number}",
                    title=f"第 {number} 件。",
                    endpoint="overview.workspace",
                    at=MORNING - timedelta(seconds=1_000 - number),
                )
            )

    text = boss.get("notices.show").text
    assert "1000 条未读" in re.sub(r"<[^>]+>", "", text)
    assert text.count("/t/dress/notices/") == 40
    assert "第 999 件。" in text
    assert "99+" in boss.get("notices.count").text
    boss.post("notices.read_all")
    assert "没有未读" in boss.get("notices.show").text


def test_the_address_of_somebody_who_was_shut_out_stops_nothing_and_says_nothing(app, dress_shop, visit):
    with app.app_context(), writing():
        user = db.session.scalar(sa.select(User).where(User.email == dress_shop.email(Role.BOSS)))
        path = stop_address(app.config["SETTINGS"], user.id).split("/", 3)[3]
        user.active = False
        db.session.commit()

    stranger = visit()
    for address in (f"/{path}", f"/{path}x", "/notices/stop/x"):
        assert dress_shop.email(Role.BOSS) not in stranger.get(address, expect=404).text
