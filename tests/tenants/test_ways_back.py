"""Links that must not become a way around a dismissal, a role, a password or another merchant's door."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.models import FirmMember, Invitation, Tenant, TenantMember
from siyu_saas.tenants.queries.entries import visible_ids
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.invitations import MOST_WRONG_CODES
from tests.support.page import Page

NAME = "操盘手小陈"


def link_in(page: Page, location: str) -> tuple[str, str]:
    """(path, code)"""
    shown = page.get(location).text
    code = re.search(r'figure-big num">(\d{6})', shown)
    return re.search(r"/join/[\w-]+", shown)[0], code[1] if code else ""


def invited(page: Page, slug: str, **form) -> tuple[str, str]:
    fields = {"role": "user_ops", "seats": "1", **form}
    return link_in(page, page.post("workspace.make_invitation", tenant=slug, form=fields).location)


def membership_of(app, name: str, slug: str) -> TenantMember:
    with app.app_context():
        chosen = sa.select(TenantMember).join(User, User.id == TenantMember.user_id)
        return db.session.scalars(
            chosen.join(Tenant, Tenant.id == TenantMember.tenant_id).where(User.name == name, Tenant.slug == slug)
        ).one()


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def newcomer(app, boss) -> Page:
    """Somebody who came by a link and has no password."""
    page = Page(app)
    page.post(invited(boss, "dress")[0], most=16, form={"name": NAME})
    return page


def again(page: Page, member: TenantMember, *, expect: int = 302) -> str | None:
    return page.post("workspace.link_again", tenant="dress", member_id=member.id, expect=expect).location


def test_a_link_back_never_opens_another_merchants_door(app, visit, boss, newcomer, tea_shop):
    member = membership_of(app, NAME, "dress")
    link, code = link_in(boss, again(boss, member))
    newcomer.post(invited(visit(tea_shop, Role.BOSS), "tea", role="boss")[0], most=16)

    thief = Page(app)
    thief.post(link, most=16, form={"code": code}, expect=422)
    thief.get("overview.workspace", tenant="tea", expect=302)
    again(boss, member, expect=422)


def test_a_link_back_ends_with_the_dismissal(app, boss, newcomer):
    member = membership_of(app, NAME, "dress")
    link, code = link_in(boss, again(boss, member))
    boss.post("workspace.remove_member", tenant="dress", member_id=member.id)

    assert "已作废" in Page(app).post(link, most=16, form={"code": code}, expect=410).text
    newcomer.get("overview.workspace", tenant="dress", expect=404)


def test_a_link_back_does_not_pass_by_a_password_set_since(app, boss, newcomer):
    link, code = link_in(boss, again(boss, membership_of(app, NAME, "dress")))
    newcomer.post("/account/password", form={"password": "蓝鲸-three-horses"})
    Page(app).post(link, most=16, form={"code": code}, expect=422)


def test_whoever_leaves_takes_the_links_along_that_they_made(app, visit, dress_shop, boss):
    link, _code = invited(visit(dress_shop, Role.LEAD), "dress", role="viewer", seats="5")
    lead = membership_of(app, f"dress-{Role.LEAD.title}", "dress")
    boss.post("workspace.remove_member", tenant="dress", member_id=lead.id)
    assert "已作废" in Page(app).post(link, most=16, form={"name": "又是我"}, expect=410).text


def test_an_owner_who_leaves_the_firm_leaves_no_door_open(app, visit, dress_shop):
    owner = visit(dress_shop, Role.FIRM_OWNER)
    location = owner.post("firm.invite_colleague", form={"role": "firm_owner", "seats": "1"}).location
    link, _code = link_in(owner, location)
    with app.app_context():
        staff = {row.role: row.id for row in db.session.scalars(sa.select(FirmMember))}
    owner.post("firm.change_staffer", staff_id=staff[Role.LEAD_CONSULTANT], form={"role": "firm_owner"}, most=16)
    successor = visit(dress_shop, Role.LEAD_CONSULTANT)
    successor.post("firm.depart", staff_id=staff[Role.FIRM_OWNER], most=20)
    Page(app).get(link, expect=410)


def test_who_is_in_already_keeps_the_role(app, visit, dress_shop, boss):
    link, _code = invited(visit(dress_shop, Role.COORDINATOR), "dress", role="viewer")
    boss.post(link, most=16)
    assert membership_of(app, f"dress-{Role.BOSS.title}", "dress").role is Role.BOSS


def test_a_locked_link_does_not_tell_whether_the_code_was_right(app, visit, dress_shop):
    link, code = invited(visit(dress_shop, Role.BOSS), "dress", with_code="y")
    with app.app_context(), writing():
        db.session.execute(sa.update(Invitation).values(wrong_codes=MOST_WRONG_CODES))
        db.session.commit()
    wrong = "000000" if code != "000000" else "111111"
    answers = [Page(app).post(link, form={"name": "周", "code": one}, expect=410).text for one in (code, wrong)]
    assert all("已锁定" in text for text in answers)


def test_what_somebody_sees_together_ends_with_the_firm_whatever_the_assignment_says(app, dress_shop):
    with app.app_context(), writing():
        user = db.session.scalars(sa.select(User).where(User.email == dress_shop.email(Role.CONSULTANT))).one()
        assert visible_ids(user.id) == [dress_shop.id]
        db.session.execute(sa.update(FirmMember).where(FirmMember.user_id == user.id).values(left_at=user.created_at))
        assert visible_ids(user.id) == []
        db.session.rollback()


def test_a_first_password_and_login_ask_for_the_code_of_the_link(app, boss):
    """Else whoever has the phone in hand signs with a password that they just made."""
    link, code = invited(boss, "dress", with_code="y")
    page = Page(app)
    page.post(link, most=16, form={"name": NAME, "code": code})
    wrong = "000000" if code != "000000" else "111111"
    for typed in ({}, {"present": wrong}):
        page.post("/account/password", form={"password": "蓝鲸-three-horses", **typed}, expect=422)
    page.post("/account/login", form={"email": "thief@x.example", "proof": wrong}, expect=422)
    page.post("/account/password", form={"password": "蓝鲸-three-horses", "present": code})
