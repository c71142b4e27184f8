"""A new password by mail: once, within half an hour, and without telling anybody who has an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.accounts.models import PasswordReset, User
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD
from tests.support.page import Page

NEW = "竹林里有三只熊猫在喝茶"


def asks(app, login: str) -> Page:
    page = Page(app)
    page.post("/password/reset", form={"email": login})
    return page


def test_the_link_in_the_mail_sets_a_new_password_and_ends_every_session(app, site, email, reset_path, dress_shop):
    stranger = asks(app, email)
    path = reset_path()
    stranger.get(path)
    assert stranger.post(path, form={"password": NEW}, most=15).location == "/sign-in"

    site.get(f"/t/{dress_shop.slug}/", expect=302)
    Page(app).sign_in(email, NEW)
    Page(app).post("/sign-in", form={"email": email, "password": PASSWORD}, expect=422)


def test_it_works_once(app, email, reset_path):
    stranger = asks(app, email)
    path = reset_path()
    stranger.post(path, form={"password": NEW}, most=15)

    assert "密码没有改变" in stranger.get(path, expect=410).text
    stranger.post(path, form={"password": "another-good-one"}, expect=410)
    Page(app).sign_in(email, NEW)


@pytest.mark.parametrize(("minutes", "seconds", "status"), [(29, 0, 200), (30, 60, 410)])
def test_it_lasts_half_an_hour(app, email, reset_path, minutes, seconds, status):
    stranger = asks(app, email)
    path = reset_path()
    with time_machine.travel(now() + timedelta(minutes=minutes, seconds=seconds), tick=False):
        stranger.get(path, expect=status)


def test_an_older_link_dies_with_the_new_password(app, email, reset_path):
    stranger = asks(app, email)
    first = reset_path()
    asks(app, email)
    second = reset_path()
    stranger.post(second, form={"password": NEW}, most=15)
    stranger.get(first, expect=410)


def test_a_mailed_link_dies_when_the_login_changes(app, site, email, reset_path):
    stranger = asks(app, email)
    path = reset_path()
    site.post("/account/login", form={"email": "new@dress.example", "phone": "", "proof": PASSWORD})
    stranger.get(path, expect=410)


def test_known_and_unknown_addresses_read_the_same_and_only_the_known_one_gets_a_mail(app, email, mails):
    known, unknown = asks(app, email), asks(app, "nobody@nowhere.example")

    texts = [page.get("/sign-in").text for page in (known, unknown)]
    assert "如果这个邮箱有账号" in texts[0]
    assert cleaned(texts[0]) == cleaned(texts[1])
    assert [email in mail for mail in mails()] == [True]


def cleaned(text: str) -> str:
    import re

    return re.sub(r'(csrf[^>]*?(?:value|content)=")[^"]+', r"\1", text)


def test_somebody_with_a_closed_account_or_without_an_address_gets_no_mail(app, email, mails):
    with app.app_context(), writing():
        db.session.execute(sa.update(User).where(User.email == email).values(active=False))
        db.session.commit()
    asks(app, email)
    assert mails() == []
    with app.app_context():
        assert db.session.scalars(sa.select(PasswordReset)).all() == []


def test_a_bad_new_password_says_why_and_the_link_lives_on(app, email, reset_path):
    stranger = asks(app, email)
    path = reset_path()
    assert "太常见" in stranger.post(path, form={"password": "password1"}, expect=422).text
    assert "请填写新密码" in stranger.post(path, form={}, expect=422).text
    stranger.post(path, form={"password": NEW}, most=15)


def test_a_tampered_address_does_not_exist(app, email, reset_path):
    stranger = asks(app, email)
    path = reset_path()
    stranger.get(path[:-1] + ("A" if path[-1] != "A" else "B"), expect=404)
    stranger.get("/password/reset/" + "A" * 43, expect=404)
    stranger.get("/password/reset/哈", expect=404)


def test_the_address_in_the_mail_is_ours_whatever_host_was_asked(app, email, mails):
    page = Page(app)
    token = page.token()
    page.client.post(
        "/password/reset",
        data={"csrf_token": token, "email": email},
        headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"},
    ).close()
    (mail,) = mails()
    assert "evil" not in mail


def test_asking_again_and_again_is_stopped(app, email):
    page = Page(app)
    for _ in range(10):
        page.post("/password/reset", form={"email": email})
    page.post("/password/reset", form={"email": email}, expect=429)


def test_odd_input_is_an_answer(visit, tea_shop):
    assert tea_shop.email(Role.BOSS)
    for form in ({}, {"email": "x" * 300}):
        visit().post("/password/reset", form=form, expect=422)
    visit().post("/password/reset", form={"email": "a\x00b"})
