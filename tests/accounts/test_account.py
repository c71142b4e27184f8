"""One's own account: logins, passwords, devices, history; and what an old cookie is worth afterwards."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import SignInAttempt, User, UserSession
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD
from tests.support.page import Page

NEW = "竹林里有三只熊猫在喝茶"
WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) MicroMessenger/8.0.66"}


def cookie(page: Page) -> str:
    return page.client.get_cookie("siyu").value


def is_in(app, value: str) -> bool:
    page = Page(app)
    page.client.set_cookie("siyu", value)
    with page.client.get("/account") as answer:
        return answer.status_code == 200


def test_a_mobile_number_signs_in_however_it_is_typed(app, site, email):
    site.post("/account/login", form={"email": email, "phone": "+86 138-1234-5678", "proof": PASSWORD})
    for typed in ("13812345678", "138 1234 5678", "+8613812345678", email.upper()):
        Page(app).sign_in(typed, PASSWORD)


def test_a_login_changes_only_with_the_password(site, boss, email):
    answer = site.post("/account/login", form={"email": "evil@x.example", "phone": "", "proof": "wrong"}, expect=422)
    assert "登录方式没有改变" in answer.text
    assert 'value="evil@x.example"' in answer.text
    assert boss().email == email


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "not-an-address"}, "格式不对"),
        ({"email": "a@b.example", "phone": "12345"}, "11 位"),
        ({"email": "", "phone": ""}, "至少留一个"),
        ({"email": "cs@dress.example"}, "已经有账号在用"),
    ],
)
def test_a_login_that_can_not_be_says_why(site, form, words):
    assert words in site.post("/account/login", form={"proof": PASSWORD, **form}, expect=422).text


def test_a_new_password_ends_other_sessions_and_renews_this_one(app, site, visit, dress_shop, email):
    elsewhere, before = cookie(visit(dress_shop, Role.BOSS)), cookie(site)
    site.post("/account/password", form={"present": PASSWORD, "password": NEW}, most=16)

    site.get("/account")
    assert is_in(app, cookie(site))
    assert not is_in(app, before)
    assert not is_in(app, elsewhere)
    Page(app).sign_in(email, NEW)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"present": "wrong", "password": NEW}, "现在的密码不对"),
        ({"present": PASSWORD, "password": "12345678"}, "太常见"),
        ({"present": PASSWORD, "password": "short"}, "至少 8"),
        ({"present": PASSWORD, "password": ""}, "请填写新密码"),
        ({"password": NEW}, "请填写现在的密码"),
    ],
)
def test_a_password_that_can_not_be_says_why_and_changes_nothing(app, site, email, form, words):
    assert words in site.post("/account/password", form=form, expect=422, most=16).text
    Page(app).sign_in(email, PASSWORD)


def test_guessing_the_present_password_in_an_open_browser_is_stopped(site):
    for _ in range(10):
        site.post("/account/password", form={"present": "guess", "password": NEW}, expect=422)
    site.post("/account/password", form={"present": PASSWORD, "password": NEW}, expect=429)


def test_a_sign_in_gives_a_new_cookie_and_the_one_before_is_nobodys(app, email):
    page = Page(app)
    page.get("/sign-in")
    before = cookie(page)
    page.sign_in(email, PASSWORD)
    assert not is_in(app, before)
    assert is_in(app, cookie(page))


def test_switching_two_steps_on_renews_the_cookie(app, site):
    import pyotp

    before = cookie(site)
    secret = re.search(r'<code class="num">(\w+)', site.get("/account/two-step").text)[1]
    site.post("/account/two-step", form={"code": pyotp.TOTP(secret).now()}, expect=200, most=15)
    assert not is_in(app, before)
    assert is_in(app, cookie(site))


def phone_of_boss(app, email) -> Page:
    page = Page(app)
    form = {"csrf_token": page.token(), "email": email, "password": PASSWORD}
    page.client.post("/sign-in", data=form, headers=WECHAT).close()
    return page


def test_a_device_is_seen_with_its_address_and_signed_out(app, site, email):
    phone = phone_of_boss(app, email)
    text = site.get("/account/devices").text
    assert "微信 · iPhone" in text
    assert "127.0.0.1" in text
    assert text.count("正在使用的这台") == 1

    (there,) = re.findall(r"/account/devices/[\w-]+/removal", text.replace("/account/devices/removal", ""))
    site.post(there)

    phone.get("/account", expect=302)
    site.get("/account")


def test_all_other_devices_are_signed_out_at_once(app, site, email):
    phones = [phone_of_boss(app, email) for _ in range(2)]
    site.post("/account/devices/removal")
    for phone in phones:
        phone.get("/account", expect=302)
    assert "已退出其他 2 台设备" in site.get("/account").text


def test_nobody_signs_out_the_devices_of_others(app, site, visit, tea_shop):
    theirs = visit(tea_shop, Role.BOSS)
    with app.app_context():
        found = sa.select(UserSession.id).join(User).where(User.email == tea_shop.email(Role.BOSS))
        session_id = db.session.scalars(found).one()
    site.post(f"/account/devices/{session_id}/removal", expect=404)
    theirs.get("/account")


def test_sign_ins_that_worked_and_that_did_not_stand_in_the_history(app, site, email):
    Page(app).post("/sign-in", form={"email": email, "password": "wrong"}, expect=422)
    text = site.get("/account/history").text
    assert "登录成功" in text
    assert "密码或验证码不对" in text
    assert "127.0.0.1" in text


def test_what_was_typed_for_an_unknown_account_is_kept_nowhere(app, visit, dress_shop):
    visit().post("/sign-in", form={"email": "my-password-by-mistake", "password": "x"}, expect=422)
    with app.app_context():
        (row,) = db.session.scalars(sa.select(SignInAttempt).where(SignInAttempt.user_id.is_(None)))
    assert "my-password" not in str(vars(row))


def test_half_a_year_later_sign_ins_are_forgotten(app, site):
    from datetime import timedelta

    import time_machine

    from siyu_saas.accounts.jobs import forget_old_sign_ins
    from siyu_saas.core.clock import now

    for days, left in ((179, 1), (181, 0)):
        with time_machine.travel(now() + timedelta(days=days), tick=False), app.app_context(), writing():
            forget_old_sign_ins()
            db.session.commit()
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(SignInAttempt.id))) == left


def test_a_new_name_is_shown_and_an_empty_one_is_not_taken(site, boss):
    site.post("/account/name", form={"name": " 周 明远 "})
    assert boss().name == "周 明远"
    assert "请填写姓名" in site.post("/account/name", form={"name": "\u200b"}, expect=422).text


def test_somebody_who_came_by_a_link_sets_a_login_and_a_password_later(app, visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    location = boss.post("workspace.make_invitation", tenant="dress", form={"role": "cs", "seats": "1"}).location
    link = re.search(r"/join/[\w-]+", boss.get(location).text)[0]
    person = Page(app)
    person.post(link, most=15, form={"name": "小李"})

    person.post("/account/login", form={"email": "", "phone": "13900001111"})
    person.post("/account/password", form={"password": NEW}, most=16)

    person.get("overview.workspace", tenant="dress")
    Page(app).sign_in("13900001111", NEW).get("overview.workspace", tenant="dress")


def test_the_outbox_page_is_there_for_development_only(app, site, email, mails):
    Page(app).post("/password/reset", form={"email": email})
    assert len(mails()) == 1
    text = site.get("/dev/mail").text
    assert "重设登录密码" in text
    assert "/password/reset/" in text
