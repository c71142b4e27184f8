"""One-time codes: a clock that is off by one step, a code seen over the shoulder, a phone that was lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.accounts.models import RecoveryCode
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from tests.support.merchants import PASSWORD
from tests.support.page import Page

STEP = timedelta(seconds=30)


@pytest.fixture
def armed(app, email):
    """The boss with two steps switched on a while ago: the page, the authenticator, the recovery codes."""
    with time_machine.travel(now() - timedelta(minutes=10), tick=True):
        site = Page(app).sign_in(email, PASSWORD)
        secret = re.search(r'<code class="num">(\w+)', site.get("/account/two-step").text)[1]
        totp = pyotp.TOTP(secret)
        shown = site.post("/account/two-step", form={"code": totp.at(now())}, expect=200, most=15).text
    return site, totp, re.findall(r"<li>(\w{5}-\w{5})</li>", shown)


def at_the_second_step(app, email) -> Page:
    page = Page(app)
    assert page.post("/sign-in", form={"email": email, "password": PASSWORD}).location.startswith("/sign-in/code")
    return page


def tries(page: Page, code: str, *, expect: int = 302):
    return page.post("/sign-in/code", form={"code": code}, expect=expect, most=16)


def test_the_password_alone_lets_nobody_in(app, armed, email):
    page = at_the_second_step(app, email)
    page.get("/", expect=302)
    assert "动态码不对" in tries(page, "000000", expect=422).text
    page.get("/account", expect=302)


@pytest.mark.parametrize("skew", [-1, 0, 1])
def test_a_clock_that_is_one_step_off_still_works(app, armed, email, skew):
    page = at_the_second_step(app, email)
    tries(page, armed[1].at(now() + skew * STEP))
    page.get("/account")


@pytest.mark.parametrize("skew", [-3, 3])
def test_a_clock_that_is_further_off_does_not(app, armed, email, skew):
    tries(at_the_second_step(app, email), armed[1].at(now() + skew * STEP), expect=422)


def test_a_code_is_good_once(app, armed, email):
    moment = now()
    with time_machine.travel(moment, tick=False):
        code = armed[1].at(moment)
        tries(at_the_second_step(app, email), code)
        replay = at_the_second_step(app, email)
        assert "已用过" in tries(replay, code, expect=422).text
        replay.get("/account", expect=302)


def test_the_code_that_switched_it_on_does_not_sign_in(app, site, email):
    secret = re.search(r'<code class="num">(\w+)', site.get("/account/two-step").text)[1]
    moment = now()
    with time_machine.travel(moment, tick=False):
        code = pyotp.TOTP(secret).at(moment)
        site.post("/account/two-step", form={"code": code[:3] + " " + code[3:]}, expect=200, most=15)
        tries(at_the_second_step(app, email), code, expect=422)


def test_a_recovery_code_lets_in_once_however_it_is_typed(app, armed, email):
    code = armed[2][0]
    assert len(armed[2]) == 10
    tries(at_the_second_step(app, email), code.upper().replace("-", " "))
    tries(at_the_second_step(app, email), code, expect=422)
    tries(at_the_second_step(app, email), armed[2][1])


def test_recovery_codes_are_not_kept_readable(app, armed):
    with app.app_context():
        hashes = db.session.scalars(sa.select(RecoveryCode.code_hash)).all()
    assert not {code.replace("-", "") for code in armed[2]} & set(hashes)


def test_new_recovery_codes_need_the_password_and_void_the_old(app, armed, email):
    page = armed[0]
    assert "密码不对" in page.post("/account/two-step/codes", form={"password": "wrong"}, expect=422).text
    shown = page.post("/account/two-step/codes", form={"password": PASSWORD}, expect=200, most=16).text
    new = re.findall(r"<li>(\w{5}-\w{5})</li>", shown)

    tries(at_the_second_step(app, email), armed[2][0], expect=422)
    tries(at_the_second_step(app, email), new[0])


def test_switching_off_needs_the_password(app, armed, email):
    page = armed[0]
    page.post("/account/two-step/removal", form={"password": "wrong"}, expect=422)
    page.post("/account/two-step/removal", form={"password": PASSWORD}, most=16)
    assert Page(app).post("/sign-in", form={"email": email, "password": PASSWORD}).location == "/"


def test_the_second_step_waits_five_minutes(app, armed, email):
    page = at_the_second_step(app, email)
    with time_machine.travel(now() + timedelta(minutes=5, seconds=30), tick=False):
        assert tries(page, armed[1].at(now())).location == "/sign-in"
        assert page.get("/sign-in/code", expect=302).location == "/sign-in"


def test_a_wrong_first_code_switches_nothing_on(site, boss):
    site.get("/account/two-step")
    assert "动态码不对" in site.post("/account/two-step", form={"code": "000000"}, expect=422).text
    assert boss().totp_secret is None


@pytest.mark.parametrize("code", ["动态码", "１２３", "x" * 30, "", "\x00"])
def test_odd_codes_are_an_answer(app, armed, email, code):
    tries(at_the_second_step(app, email), code, expect=422)


def test_ten_wrong_codes_and_the_account_rests(app, armed, email):
    page = at_the_second_step(app, email)
    for _ in range(10):
        tries(page, "000000", expect=422)
    tries(page, armed[1].at(now()), expect=429)


def test_nobody_without_a_password_gets_a_second_step(app, visit, dress_shop, boss, site):
    with app.app_context():
        from siyu_saas.accounts.models import User
        from siyu_saas.core.database import writing

        with writing():
            db.session.execute(sa.update(User).where(User.id == boss().id).values(password_hash=None))
            db.session.commit()
    assert "请先" in site.get("/account/two-step", expect=422).text


def test_another_spelling_of_the_login_does_not_begin_to_count_anew(app, armed, email):
    page, limit = at_the_second_step(app, email), app.config["SETTINGS"].sign_in_attempts
    for number in range(limit):
        form = {"code": "000000", "email": f"{number}@nobody.example"}
        page.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        page.post("/sign-in/code", form=form, expect=422, most=16)
    page.client.environ_base["REMOTE_ADDR"] = "192.0.2.250"
    assert "操作太频繁" in page.post("/sign-in/code", form={"code": "000000", "email": "x"}, expect=429).text
