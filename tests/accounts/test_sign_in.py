"""Signing in: the way in, and the ways that are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.accounts.models import User, UserSession
from siyu_saas.accounts.rules import safe_next
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD
from tests.support.page import Page


def test_a_boss_with_one_workspace_goes_straight_in(site, dress_shop):
    assert site.get("/", expect=302).location == f"/t/{dress_shop.slug}/"


def test_a_consultant_chooses_among_the_merchants(visit, dress_shop):
    home = visit(dress_shop, Role.CONSULTANT).get("/")
    assert "dress 商家" in home.text
    assert "tea" not in home.text


def test_a_wrong_password_and_an_unknown_account_look_the_same(visit, dress_shop):
    stranger = visit()
    answers = [
        stranger.post("/sign-in", form={"email": email, "password": "wrong-password"}, expect=422).text.replace(
            email, ""
        )
        for email in (dress_shop.email(Role.BOSS), "nobody@nowhere.example")
    ]
    assert "账号或密码不对" in answers[0]
    assert answers[0].count("账号或密码不对") == answers[1].count("账号或密码不对")


@pytest.mark.parametrize("form", [{}, {"email": "x" * 300, "password": "y"}, {"email": "a\x00b", "password": "\x00"}])
def test_odd_input_is_an_answer_and_not_an_error(visit, dress_shop, form):
    visit().post("/sign-in", form=form, expect=422)


def test_after_ten_failures_the_account_rests_also_for_forged_forms(visit, tea_shop):
    stranger = visit()
    for attempt in range(10):
        expected = 400 if attempt % 2 else 422
        stranger.post(
            "/sign-in",
            form={"email": tea_shop.email(Role.LEAD), "password": "wrong"},
            token=not attempt % 2,
            expect=expected,
        )

    stranger.post("/sign-in", form={"email": tea_shop.email(Role.LEAD), "password": PASSWORD}, expect=429)


def test_signing_out_ends_the_session_on_the_server(site, app, dress_shop):
    stolen = site.client.get_cookie("siyu").value
    site.post("/sign-out")

    site.client.set_cookie("siyu", stolen)
    site.get(f"/t/{dress_shop.slug}/", expect=302)


def test_each_sign_in_has_a_session_of_its_own(site, visit, app, dress_shop):
    visit(dress_shop, Role.BOSS)
    with app.app_context():
        hashes = db.session.scalars(sa.select(UserSession.token_hash)).all()
    assert len(set(hashes)) == 2


def test_a_closed_account_is_out_at_once(site, app, dress_shop):
    with app.app_context(), writing():
        db.session.execute(sa.update(User).where(User.email == dress_shop.email(Role.BOSS)).values(active=False))
        db.session.commit()
    site.get(f"/t/{dress_shop.slug}/", expect=302)


@pytest.mark.parametrize(("silence", "status"), [(timedelta(minutes=179), 200), (timedelta(minutes=181), 302)])
def test_a_session_ends_after_three_silent_hours(site, dress_shop, silence, status):
    with time_machine.travel(now() + silence, tick=False):
        site.get(f"/t/{dress_shop.slug}/", expect=status, most=9)


def test_a_session_ends_after_twelve_hours_in_any_case(site, dress_shop):
    start = now()
    for hours in range(2, 12, 2):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            site.get(f"/t/{dress_shop.slug}/", most=9)
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        site.get(f"/t/{dress_shop.slug}/", expect=302)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "https://evil.example", "http:evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "evil.example", "", None, "///evil.example",
        " //evil.example", "/x\\y", "data:text/html,x", "//evil.example/%2f..",
    ],
)  # fmt: skip
def test_no_target_leads_to_another_site(target):
    assert safe_next(target) is None


def test_a_target_inside_is_kept(visit, dress_shop):
    assert safe_next("/t/tea/files?page=2") == "/t/tea/files?page=2"
    form = {"email": dress_shop.email(Role.BOSS), "password": PASSWORD, "next": "/t/dress/files"}
    assert visit().post("/sign-in", form=form).location == "/t/dress/files"


def test_the_theme_is_kept(site, dress_shop):
    site.post("/theme", form={"theme": "dark"})
    assert 'data-theme="dark"' in site.get(f"/t/{dress_shop.slug}/").text


def test_another_spelling_of_the_login_does_not_begin_to_count_anew(app, email):
    limit = app.config["SETTINGS"].sign_in_attempts
    for number in range(limit):
        stranger = Page(app)
        stranger.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        typed = " " + "\u200b" * number + email.upper()
        stranger.post("/sign-in", form={"email": typed, "password": "wrong"}, expect=422)
    stranger.client.environ_base["REMOTE_ADDR"] = "192.0.2.250"
    assert "操作太频繁" in stranger.post("/sign-in", form={"email": email, "password": "wrong"}, expect=429).text
