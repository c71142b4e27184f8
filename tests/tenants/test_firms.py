"""A firm from its first page on: founded once, its people, its look, and handing over without losing history."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db, writing
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Firm, FirmMember, Note, TenantMember
from siyu_saas.tenants.rules import ROLE_MAY, Role
from siyu_saas.tenants.rules.succession import HAND_OVERS, hands_over
from tests.support.page import Page

GOOD = "竹林里有三只熊猫在喝茶"
FOUNDING = {"firm": "知远顾问", "name": "林知夏", "login": "owner@zhiyuan.example", "password": GOOD}


@pytest.fixture
def owner(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.FIRM_OWNER)


def scalar(app, statement):
    with app.app_context():
        return db.session.scalar(statement)


def staff_id(app, shop, role: Role):
    return scalar(
        app, sa.select(FirmMember.id).where(FirmMember.firm_id == shop.firm_id, FirmMember.role == role).limit(1)
    )


def user_id(app, shop, role: Role) -> str:
    return str(scalar(app, sa.select(User.id).where(User.email == shop.email(role))))


# The first page


def test_an_empty_house_leads_to_its_first_page_and_the_founder_is_in(app):
    page = Page(app)
    assert page.get("/sign-in", expect=302).location == "/start"
    assert "先创建你的顾问机构" in page.get("/start").text

    assert page.post("/start", form=FOUNDING).location == "/"

    home = page.get("/").text
    assert "新建商家" in home
    assert "林知夏" in home
    Page(app).sign_in(FOUNDING["login"], GOOD)


def test_the_first_page_is_closed_for_ever_after(app):
    Page(app).post("/start", form=FOUNDING)
    page = Page(app)
    page.get("/start", expect=404)
    page.post("/start", form={**FOUNDING, "login": "second@x.example"}, expect=404)
    page.get("/sign-in")
    assert scalar(app, sa.select(sa.func.count(Firm.id))) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"firm": ""}, "请填写机构名称"),
        ({"login": "nonsense"}, "11 位大陆手机号"),
        ({"password": "12345678"}, "太常见"),
        ({"password": "知远顾问2026"}, "不要包含"),
        ({"firm": "长" * 81}, "最长 80"),
    ],
)
def test_a_founding_that_can_not_be_says_why_and_founds_nothing(app, change, words):
    answer = Page(app).post("/start", form={**FOUNDING, **change}, expect=422)
    assert words in answer.text
    assert scalar(app, sa.select(sa.func.count(Firm.id))) == 0


def test_where_strangers_could_come_first_only_the_printed_link_opens_it(app):
    from siyu_saas.founding import founding_link

    with app.app_context():
        known = services()
        public = replace(known.settings, base_url="https://siyu.example")
        link = founding_link(public)
        object.__setattr__(known, "settings", public)
    try:
        assert "还没有启用" in Page(app).get("/start", expect=403).text
        Page(app).post("/start", form={**FOUNDING, "code": "猜"}, expect=403)
        code = link.partition("code=")[2]
        Page(app).get(f"/start?code={code}")
        Page(app).post("/start", form={**FOUNDING, "code": code})
    finally:
        with app.app_context():
            object.__setattr__(services(), "settings", app.config["SETTINGS"])


def test_a_firm_from_the_command_line(app):
    run = app.test_cli_runner().invoke
    options = ["firm", "create", "--name", "知远", "--owner", "林知夏", "--login", "138 0000 1111", "--password", GOOD]
    assert "已创建" in run(args=options).output
    Page(app).sign_in("13800001111", GOOD).get("/")

    again = run(args=options)
    assert again.exit_code == 1
    assert "已经有账号" in again.output
    assert scalar(app, sa.select(sa.func.count(Firm.id))) == 1


# Colleagues


def colleague_link(owner: Page, **form) -> str:
    location = owner.post("firm.invite_colleague", form={"role": "consultant", "seats": "1", **form}).location
    return re.search(r"/join/[\w-]+", owner.get(location).text)[0]


JOINER = {"name": "陈序", "login": "chenxu@zhiyuan.example", "password": GOOD}


def test_a_colleague_joins_by_a_link_and_signs_in_by_themselves(app, owner):
    link = colleague_link(owner, for_whom="陈序")
    page = Page(app)
    assert "甲顾问" in page.get(link).text
    assert page.post(link, form=JOINER, most=16).location == "/"
    assert "陈序" in owner.get("/firm/staff").text
    Page(app).sign_in(JOINER["login"], GOOD).get("/firm/staff")
    assert "已经用过了" in Page(app).post(link, form={**JOINER, "login": "x@y.example"}, expect=410, most=16).text
    assert scalar(app, sa.select(sa.func.count(User.id)).where(User.email == "x@y.example")) == 0


def test_a_colleagues_link_says_what_is_wrong(app, owner, dress_shop):
    link = colleague_link(owner)
    taken = {**JOINER, "login": dress_shop.email(Role.BOSS)}
    assert "已经有账号" in Page(app).post(link, form=taken, expect=422).text
    assert "太常见" in Page(app).post(link, form={**JOINER, "password": "password1"}, expect=422).text
    assert "请填写姓名" in Page(app).post(link, form={}, expect=422).text


def test_a_revoked_link_lets_no_colleague_in(app, owner):
    link = colleague_link(owner)
    (path,) = re.findall(r"/firm/staff/invitations/[\w-]+/revocation", owner.get("/firm/staff").text)
    owner.post(path)
    assert "已作废" in Page(app).get(link, expect=410).text


def test_somebody_of_another_firm_does_not_join_a_second(visit, owner, tea_shop):
    link = colleague_link(owner)
    other = visit(tea_shop, Role.CONSULTANT)
    assert "另一家顾问机构" in other.post(link, expect=422, most=16).text


def test_a_new_consultant_sees_no_merchant_until_one_is_assigned(app, owner, dress_shop):
    link = colleague_link(owner)
    page = Page(app)
    page.post(link, form=JOINER, most=16)
    page.get("overview.workspace", tenant="dress", expect=404)
    chosen = str(scalar(app, sa.select(User.id).where(User.email == JOINER["login"])))
    owner.post("workspace.assign", tenant="dress", form={"user": chosen})
    page.get("overview.workspace", tenant="dress")


def test_a_role_changes_for_the_firm_and_in_every_workspace(app, owner, visit, dress_shop):
    owner.post(
        "firm.change_staffer",
        staff_id=staff_id(app, dress_shop, Role.CONSULTANT),
        form={"role": "lead_consultant"},
        most=16,
    )
    page = visit(dress_shop, Role.CONSULTANT)
    page.post("workspace.assign", tenant="dress", form={"user": "x"})
    roles = sa.select(sa.func.count()).where(TenantMember.role == Role.LEAD_CONSULTANT)
    assert scalar(app, roles) == 2


def test_the_last_owner_neither_leaves_nor_steps_down(app, owner, dress_shop):
    only = staff_id(app, dress_shop, Role.FIRM_OWNER)
    assert "至少要有一位负责人" in owner.post("firm.depart", staff_id=only, form={"user": ""}, expect=422, most=16).text
    answer = owner.post("firm.change_staffer", staff_id=only, form={"role": "consultant"}, expect=422)
    assert "至少要有一位负责人" in answer.text
    owner.get("/firm/staff")


def test_with_a_second_owner_the_first_may_leave(app, owner, visit, dress_shop):
    lead = staff_id(app, dress_shop, Role.LEAD_CONSULTANT)
    owner.post("firm.change_staffer", staff_id=lead, form={"role": "firm_owner"}, most=16)
    first = scalar(app, sa.select(FirmMember.id).join(User).where(User.email == dress_shop.email(Role.FIRM_OWNER)))
    owner.post("firm.depart", staff_id=first, form={"user": user_id(app, dress_shop, Role.LEAD_CONSULTANT)}, most=16)
    owner.get("/firm/staff", expect=404)
    visit(dress_shop, Role.LEAD_CONSULTANT).get("/firm/staff")


def test_of_two_owners_who_leave_in_the_same_moment_one_stays(app, owner, visit, dress_shop):
    lead = staff_id(app, dress_shop, Role.LEAD_CONSULTANT)
    first = staff_id(app, dress_shop, Role.FIRM_OWNER)
    owner.post("firm.change_staffer", staff_id=lead, form={"role": "firm_owner"}, most=16)
    second = visit(dress_shop, Role.LEAD_CONSULTANT)
    leaves = [
        (page, page.address("firm.change_staffer", staff_id=member), page.token())
        for page, member in ((owner, first), (second, lead))
    ]

    def steps_down(leave) -> int:
        page, address, token = leave
        with page.client.post(address, data={"csrf_token": token, "role": "consultant"}) as answer:
            return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(steps_down, leaves)) == [302, 422]
    still = sa.select(sa.func.count()).where(
        FirmMember.firm_id == dress_shop.firm_id, FirmMember.role == Role.FIRM_OWNER, FirmMember.left_at.is_(None)
    )
    assert scalar(app, still) == 1


@pytest.fixture
def second_shop(app, dress_shop):
    """Another merchant of the dress shop's firm, carried by the same consultant."""
    from siyu_saas.tenants.actions.merchants import open_workspace
    from siyu_saas.tenants.actions.people import admit

    with app.app_context(), writing():
        shop = open_workspace(db.session.get_one(Firm, dress_shop.firm_id), name="第二家", slug="second")
        person = db.session.scalars(sa.select(User).where(User.email == dress_shop.email(Role.CONSULTANT))).one()
        admit(shop, person, role=Role.CONSULTANT)
        db.session.commit()
        return shop.id


@pytest.fixture
def open_tasks():
    """A later room with open work: three things in each workspace."""
    seen = []

    @hands_over
    def tasks(succession) -> int:
        seen.append(succession)
        return 3

    yield seen
    HAND_OVERS.remove(tasks)


def test_whoever_leaves_hands_over_every_merchant_and_the_history_stays(
    app, owner, visit, dress_shop, second_shop, open_tasks
):
    leaving = visit(dress_shop, Role.CONSULTANT)
    leaving.post("workspace.add_note", form={"text": "老板周三休息"}, tenant="dress")
    member = staff_id(app, dress_shop, Role.CONSULTANT)
    assert "第二家" in owner.get("firm.staffer", staff_id=member).text

    answer = owner.post("firm.depart", staff_id=member, form={}, expect=422, most=16)
    assert 'id="user' in answer.text
    successor = user_id(app, dress_shop, Role.LEAD_CONSULTANT)
    leave = {"csrf_token": owner.token(), "user": successor}
    address = owner.address("firm.depart", staff_id=member)
    assert owner.client.post(address, data=leave).status_code == 302  # one scope, hence one insert, for each merchant

    leaving.get("overview.workspace", tenant="dress", expect=404)
    leaving.post("workspace.add_note", form={"text": "还能写吗"}, tenant="dress", expect=404)
    lead = visit(dress_shop, Role.LEAD_CONSULTANT)
    home = lead.get("overview.workspace", tenant="dress").text
    assert "交给" in home
    assert "老板周三休息" in home
    lead.get("overview.workspace", tenant="second")
    assert {str(one.after) for one in open_tasks} == {successor}
    assert len(open_tasks) == 2
    with app.app_context(), tenant(dress_shop.id):
        (note,) = db.session.scalars(sa.select(Note))
        assert note.written_by_name == "dress-顾问"


def test_nobody_of_another_firm_is_a_successor_and_half_a_hand_over_is_none(app, owner, dress_shop, tea_shop):
    member = staff_id(app, dress_shop, Role.CONSULTANT)
    foreign = user_id(app, tea_shop, Role.LEAD_CONSULTANT)
    owner.post("firm.depart", staff_id=member, form={"user": foreign}, expect=422, most=16)
    assert scalar(app, sa.select(FirmMember.left_at).where(FirmMember.id == member)) is None


def test_people_and_links_of_another_firm_do_not_exist(app, owner, visit, tea_shop):
    theirs = staff_id(app, tea_shop, Role.CONSULTANT)
    owner.get("firm.staffer", staff_id=theirs, expect=404)
    owner.post("firm.change_staffer", staff_id=theirs, form={"role": "consultant"}, expect=404)
    owner.post("firm.depart", staff_id=theirs, form={}, expect=404)
    colleague_link(visit(tea_shop, Role.FIRM_OWNER))
    from siyu_saas.tenants.models import Invitation

    link = scalar(app, sa.select(Invitation.id).where(Invitation.firm_id == tea_shop.firm_id))
    owner.get("firm.staff_invitation", invitation_id=link, expect=404)
    owner.post("firm.revoke_staff_invitation", invitation_id=link, expect=404)


def test_only_the_owner_employs(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    assert "用链接邀请同事" not in consultant.get("/firm/staff").text
    consultant.post("firm.invite_colleague", form={"role": "consultant", "seats": "1"}, expect=403)


# Name, mark, colour

PROFILE = {"name": "知远顾问", "mark": "知", "accent": "#FFD400", "contact": "400-800", "pack": "base", "package": ""}


def profile(owner: Page, **change) -> dict:
    version = re.search(r'name="version"[^>]*value="(\d+)"', owner.get("/firm/profile").text)[1]
    return {**PROFILE, "version": version, **change}


def test_a_firms_name_mark_and_colour_are_on_every_page_of_its_merchants(app, owner, visit, dress_shop, tea_shop):
    owner.post("/firm/profile", form=profile(owner))

    home = visit(dress_shop, Role.BOSS).get("overview.workspace", tenant="dress")
    assert ">知</b>知远顾问" in home.text
    sheet = re.search(r"/t/dress/theme\.css\?v=\w+", home.text)[0]
    answer = visit(dress_shop, Role.BOSS).get(sheet)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--brand:#" in answer.text
    assert not answer.text.startswith(":root{--brand:#ffd400")
    assert "已自动加深" in owner.get("/firm/profile").text
    assert "知远" not in visit(tea_shop, Role.BOSS).get("overview.workspace", tenant="tea").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accent": "red"}, "十六进制"),
        ({"accent": "#12345"}, "十六进制"),
        ({"accent": "#000000;}body{display:none"}, "十六进制"),
        ({"name": " "}, "请填写机构名称"),
        ({"mark": "知远顾"}, "最长 2 个字"),
        ({"pack": "nowhere"}, "pack"),
    ],
)
def test_a_profile_that_can_not_be_says_why(owner, change, words):
    assert words in owner.post("/firm/profile", form=profile(owner, **change), expect=422).text


def test_two_owners_never_overwrite_each_other(owner):
    form = profile(owner)
    owner.post("/firm/profile", form=form)
    answer = owner.post("/firm/profile", form={**form, "contact": "400-900"}, expect=409)
    assert "400-900" in answer.text
    assert "400-800" in answer.text


def test_a_new_merchant_starts_with_the_firms_defaults(owner):
    owner.post("/firm/profile", form=profile(owner, package="pkg_userops_48k"))
    assert re.search(r'<option selected value="pkg_userops_48k"', owner.get("/firm/merchants/new").text)


@pytest.mark.parametrize("role", [Role.FIRM_OWNER, Role.LEAD_CONSULTANT, Role.CONSULTANT, Role.BOSS, Role.VIEWER])
def test_firm_pages_open_for_the_firm_and_by_permission(app, visit, dress_shop, role):
    person = visit(dress_shop, role)
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/firm") and "GET" in rule.methods and not rule.arguments:
            allowed = app.view_functions[rule.endpoint].may in ROLE_MAY[role]
            expected = 404 if role.side == "merchant" else 200 if allowed else 403
            with person.client.get(rule.rule) as answer:
                assert answer.status_code == expected, rule.rule
