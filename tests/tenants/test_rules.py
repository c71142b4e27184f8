"""Whom somebody may invite, in what state a link is, how workspaces are addressed, and how stages follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.core.ids import new_id
from siyu_saas.core.tokens import code_of, sign, signed_id
from siyu_saas.tenants.rules import FIRM_ROLES, Role, Side, Stage
from siyu_saas.tenants.rules.invitations import MOST_WRONG_CODES, VALID_FOR, LinkState, may_invite, state_of
from siyu_saas.tenants.rules.names import RESERVED_SLUGS, SLUG, free_slug, slug_from
from siyu_saas.tenants.rules.stages import days_paused

MADE = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECRET = "s" * 40


def state(**changes) -> LinkState:
    fields = {"expires_at": MADE + VALID_FOR, "revoked_at": None, "taken": 0, "seats": 1, "wrong_codes": 0, "at": MADE}
    return state_of(**{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, LinkState.OPEN),
        ({"at": MADE + VALID_FOR - timedelta(seconds=1)}, LinkState.OPEN),
        ({"at": MADE + VALID_FOR}, LinkState.EXPIRED),
        ({"taken": 1}, LinkState.USED),
        ({"taken": 1, "seats": 2}, LinkState.OPEN),
        ({"wrong_codes": MOST_WRONG_CODES}, LinkState.LOCKED),
        ({"revoked_at": MADE, "taken": 1, "at": MADE + 2 * VALID_FOR}, LinkState.REVOKED),
    ],
)
def test_a_link_says_what_ended_it(changes, expected):
    assert state(**changes) is expected


@pytest.mark.parametrize("role", Role)
def test_nobody_invites_above_their_own_place(role):
    invited = may_invite(role)
    assert not set(invited) & set(FIRM_ROLES)
    if role.side is Side.MERCHANT and role is not Role.BOSS:
        assert role not in invited
        assert Role.BOSS not in invited


def test_operators_and_viewers_invite_nobody():
    assert may_invite(Role.CS) == may_invite(Role.VIEWER) == ()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("浅岚衣序", "qian-lan-yi-xu"),
        ("绿野 LÜYE 户外", "lv-ye-lvye-hu-wai"),
        ("A", "shop-a"),
        ("𠮷", "shop"),
        ("Login", "shop-login"),
    ],
)
def test_an_address_is_made_of_the_name(name, slug):
    assert slug_from(name) == slug


@given(st.text(max_size=90))
def test_any_name_gives_an_address_that_may_be_used(name):
    slug = slug_from(name)
    assert SLUG.fullmatch(slug)
    assert slug not in RESERVED_SLUGS


@given(st.text(max_size=60), st.integers(0, 30))
def test_a_taken_address_gets_a_number(name, count):
    taken: set[str] = set()
    for _ in range(count):
        slug = free_slug(name, taken)
        assert SLUG.fullmatch(slug)
        assert slug not in taken
        taken.add(slug)


def test_a_signed_address_names_its_row_and_nothing_else_does():
    row = new_id()
    token = sign(SECRET, "invitation", row)
    assert signed_id(SECRET, "invitation", token) == row
    assert signed_id(SECRET, "other", token) is None
    assert signed_id("x" * 40, "invitation", token) is None
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert signed_id(SECRET, "invitation", changed) is None


@given(st.text(max_size=80))
def test_any_text_is_no_signed_address(text):
    assert signed_id(SECRET, "invitation", text) is None


def test_codes_are_six_digits_and_differ():
    codes = {code_of(SECRET, "invitation", new_id()) for _ in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190


def test_a_pause_counts_calendar_days():
    assert days_paused(date(2026, 9, 30), date(2026, 10, 8)) == 8
    assert days_paused(date(2026, 9, 30), date(2026, 9, 30)) == 0


def test_stages_follow_each_other_to_the_last():
    assert [stage.next for stage in Stage] == [Stage.CO_CREATE, Stage.GUIDE, Stage.CLOSE, None]
