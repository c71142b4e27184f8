"""From a new merchant to a boss who is in; links that let nobody in any more; who may change whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.models import FirmMember, Invitation, TenantMember
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.invitations import MOST_WRONG_CODES
from tests.support.page import Page

NEW = {
    "name": "浅岚衣序",
    "coordinator": "王芳",
    "pack": "base",
    "package": "pkg_community_18k",
    "starts_on": "2026-04-01",
}


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


def opened(consultant: Page, **changes) -> tuple[str, str]:
    """A new merchant through the form: path of the boss's link and its code."""
    location = consultant.post("/firm/merchants", form={**NEW, "once": "o1", **changes}, most=17).location
    shown = consultant.get(location)
    return re.search(r"/join/[\w-]+", shown.text)[0], re.search(r'figure-big num">(\d{6})', shown.text)[1]


def link_of(page: Page, slug: str, **form) -> str:
    fields = {"role": "viewer", "seats": "1", **form}
    location = page.post("workspace.make_invitation", tenant=slug, form=fields).location
    return re.search(r"/join/[\w-]+", page.get(location).text)[0]


def only(app, statement):
    with app.app_context():
        return db.session.scalars(statement).one()


def test_a_new_merchant_ends_in_a_text_to_paste_and_the_boss_is_in_with_name_and_code(app, consultant):
    link, code = opened(consultant)
    boss = Page(app)
    assert "浅岚衣序" in boss.get(link).text

    home = boss.get(boss.post(link, most=15, form={"name": "周明远", "code": code}).location)

    assert "欢迎，周明远" in home.text
    assert home.text.count("浅岚衣序") > 1
    assert (
        only(app, sa.select(TenantMember.role).join(User, User.id == TenantMember.user_id).where(User.name == "周明远"))
        is Role.BOSS
    )


def test_opening_a_link_changes_nothing_until_the_button_is_pressed(app, consultant):
    link, _code = opened(consultant)
    for _ in range(3):
        Page(app).get(link)
    assert only(app, sa.select(Invitation.taken)) == 0


def test_the_same_form_twice_opens_one_workspace(app, consultant):
    opened(consultant)
    consultant.post("/firm/merchants", form={**NEW, "once": "o1"})
    with app.app_context():
        from siyu_saas.tenants.models import Tenant

        assert db.session.scalar(sa.select(sa.func.count()).where(Tenant.name == "浅岚衣序")) == 1


@pytest.mark.parametrize("slug", ["dress", "admin", "join", "-x-", "大写"])
def test_an_address_that_is_taken_reserved_or_malformed_comes_back_with_everything_typed(consultant, slug):
    answer = consultant.post("/firm/merchants", form={**NEW, "once": "o", "slug": slug}, expect=422)
    assert 'value="浅岚衣序"' in answer.text
    assert 'id="slug-error"' in answer.text


def test_whoever_used_a_link_comes_back_by_it_and_nobody_else_does(app, consultant):
    link, code = opened(consultant)
    boss = Page(app)
    boss.post(link, most=15, form={"name": "周明远", "code": code})

    assert boss.get(link, expect=302).location.startswith("/t/")
    assert "已经用过了" in Page(app).get(link, expect=410).text
    assert "已经用过了" in Page(app).post(link, most=15, form={"name": "别人", "code": code}, expect=410).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": now() - timedelta(seconds=1)}, "已过期"),
        ({"revoked_at": now()}, "已作废"),
        ({"wrong_codes": MOST_WRONG_CODES}, "已锁定"),
    ],
)
def test_a_closed_link_says_why_and_whom_to_ask(app, consultant, change, words):
    link, code = opened(consultant)
    with app.app_context(), writing():
        db.session.execute(sa.update(Invitation).values(**change))
        db.session.commit()

    for answer in (
        Page(app).get(link, expect=410),
        Page(app).post(link, most=15, form={"name": "周", "code": code}, expect=410),
    ):
        assert words in answer.text
        assert "dress-顾问" in answer.text


def test_a_tampered_link_does_not_exist(app, consultant):
    link, _code = opened(consultant)
    Page(app).get(link[:-1] + ("A" if link[-1] != "A" else "B"), expect=404)
    Page(app).get("/join/" + "A" * 43, expect=404)


def test_a_link_made_for_something_else_opens_nothing(app, consultant):
    from siyu_saas.core.tokens import sign

    link, _code = opened(consultant)
    row_id = only(app, sa.select(Invitation.id))
    foreign = sign(app.config["SETTINGS"].secret_key, "password reset", row_id)
    Page(app).get(f"/join/{foreign}", expect=404)
    Page(app).get(link.replace("/join/", "/password/reset/"), expect=404)


def test_wrong_codes_are_counted_and_lock_the_link(app, consultant):
    link, code = opened(consultant)
    guess = "000000" if code != "000000" else "111111"
    for _ in range(MOST_WRONG_CODES):
        answer = Page(app).post(link, most=15, form={"name": "周明远", "code": guess}, expect=422)
        assert "验证码不对" in answer.text
    assert "已锁定" in Page(app).post(link, most=15, form={"name": "周明远", "code": code}, expect=410).text


def test_a_code_counts_however_it_is_typed_on_a_phone(app, consultant):
    link, code = opened(consultant)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    Page(app).post(link, most=15, form={"name": "周明远", "code": f"{wide[:3]} {wide[3:]}"})


@pytest.mark.parametrize("typed", ["验证码", "", "12345", "\x00"])
def test_odd_codes_are_an_answer(app, consultant, typed):
    link, _code = opened(consultant)
    Page(app).post(link, most=15, form={"name": "周明远", "code": typed}, expect=422)


def test_a_link_for_several_lets_in_that_many(app, visit, dress_shop):
    link = link_of(visit(dress_shop, Role.BOSS), "dress", seats="2", role="cs")
    for name in ("小李", "小张"):
        Page(app).post(link, most=15, form={"name": name})
    Page(app).post(link, most=15, form={"name": "小王"}, expect=410)


def test_a_member_of_another_merchant_joins_as_the_person_they_are(app, visit, dress_shop, tea_shop):
    link = link_of(visit(dress_shop, Role.BOSS), "dress")
    visitor = visit(tea_shop, Role.BOSS)
    assert "你已登录为" in visitor.get(link).text
    visitor.post(link, most=15)
    visitor.get("overview.workspace", tenant="dress")
    visitor.get("overview.workspace", tenant="tea")


def test_the_firms_own_people_need_no_link(visit, dress_shop):
    link = link_of(visit(dress_shop, Role.BOSS), "dress")
    assert "不需要用商家的邀请链接" in visit(dress_shop, Role.CONSULTANT).post(link, expect=422).text


@pytest.mark.parametrize(
    ("role", "wanted"), [(Role.LEAD, "boss"), (Role.COORDINATOR, "lead"), (Role.BOSS, "consultant")]
)
def test_nobody_invites_beyond_their_role(visit, dress_shop, role, wanted):
    visit(dress_shop, role).post(
        "workspace.make_invitation", tenant="dress", form={"role": wanted, "seats": "1"}, expect=422
    )


def test_a_lead_does_not_see_the_bosss_link(visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    location = boss.post("workspace.make_invitation", tenant="dress", form={"role": "boss", "seats": "1"}).location
    visit(dress_shop, Role.LEAD).get(location, expect=404)


def member_id(app, role: Role):
    return only(app, sa.select(TenantMember.id).where(TenantMember.role == role))


def test_a_role_is_changed_and_somebody_is_removed(app, visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    cs, viewer = member_id(app, Role.CS), member_id(app, Role.VIEWER)

    boss.post("workspace.change_member", tenant="dress", member_id=viewer, form={"role": "content_ops"})
    boss.post("workspace.remove_member", tenant="dress", member_id=cs)

    assert only(app, sa.select(TenantMember.role).where(TenantMember.id == viewer)) is Role.CONTENT_OPS
    visit(dress_shop, Role.CS).get("overview.workspace", tenant="dress", expect=404)


def test_a_boss_can_not_change_the_consultants(app, visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    consultant = member_id(app, Role.CONSULTANT)
    boss.post("workspace.remove_member", tenant="dress", member_id=consultant, expect=422)
    boss.post("workspace.change_member", tenant="dress", member_id=consultant, form={"role": "viewer"}, expect=422)


def test_nobody_removes_themselves(app, visit, dress_shop):
    visit(dress_shop, Role.BOSS).post(
        "workspace.remove_member", tenant="dress", member_id=member_id(app, Role.BOSS), expect=422
    )


def test_a_new_link_for_somebody_with_a_password_is_refused(app, visit, dress_shop):
    answer = visit(dress_shop, Role.CONSULTANT).post(
        "workspace.link_again", tenant="dress", member_id=member_id(app, Role.BOSS), expect=422
    )
    assert "有密码" in answer.text


def test_somebody_without_a_password_comes_back_by_a_new_link_as_the_same_person(app, visit, consultant, dress_shop):
    link = link_of(visit(dress_shop, Role.BOSS), "dress", role="lead")
    Page(app).post(link, most=15, form={"name": "操盘手小陈"})
    member = only(
        app, sa.select(TenantMember.id).join(User, User.id == TenantMember.user_id).where(User.name == "操盘手小陈")
    )

    location = consultant.post("workspace.link_again", tenant="dress", member_id=member).location
    shown = consultant.get(location).text
    again, code = re.search(r"/join/[\w-]+", shown)[0], re.search(r'figure-big num">(\d{6})', shown)[1]
    phone = Page(app)
    assert 'name="name"' not in phone.get(again).text
    phone.post(again, most=15, form={"code": code})

    assert "操盘手小陈" in phone.get("overview.workspace", tenant="dress").text
    assert only(app, sa.select(sa.func.count(User.id)).where(User.name == "操盘手小陈")) == 1


def test_a_colleague_takes_over_and_the_old_one_is_out(app, visit, dress_shop):
    lead = visit(dress_shop, Role.LEAD_CONSULTANT)
    consultant = member_id(app, Role.CONSULTANT)
    with app.app_context():
        owner = db.session.scalars(sa.select(FirmMember.user_id).where(FirmMember.role == Role.FIRM_OWNER)).one()

    lead.post("workspace.succeed", tenant="dress", member_id=consultant, form={"user": str(owner)}, most=28)

    visit(dress_shop, Role.CONSULTANT).get("overview.workspace", tenant="dress", expect=404)
    assert "交给" in lead.get("overview.workspace", tenant="dress").text


def test_a_consultant_can_not_change_the_team(app, visit, dress_shop):
    visit(dress_shop, Role.CONSULTANT).post("workspace.assign", tenant="dress", form={"user": "x"}, expect=403)


def test_a_session_begun_by_a_link_ends_with_the_link(app, consultant):
    import time_machine

    link, code = opened(consultant)
    boss = Page(app)
    home = boss.post(link, most=15, form={"name": "周明远", "code": code}).location
    with time_machine.travel(now() + timedelta(hours=71), tick=True):
        boss.get(home)
    with time_machine.travel(now() + timedelta(hours=73), tick=True):
        boss.get(home, expect=302)
