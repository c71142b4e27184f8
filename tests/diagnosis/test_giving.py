"""A section goes to a colleague who is here, or by a link that ends at its first question."""

from __future__ import annotations

import re

import pytest

from siyu_saas.diagnosis.models import Assignment, Sheet
from siyu_saas.diagnosis.rules.asking import likely_role
from siyu_saas.packs.library import pack
from siyu_saas.tenants.rules import Role
from tests.diagnosis.conftest import HERE, begin, first_page, links, rows, save


@pytest.fixture
def huo(asked) -> dict:
    """The section 货 of the long questionnaire."""
    return {"asked_id": asked["qn_rhczz"], "key": "huo", **HERE}


def link_in(page, address: str) -> str:
    """The path of the link in the words that are to be sent."""
    return re.search(r"https?://[^/]+(/join/[\w-]+)", page.get(address).text)[1]


def test_a_section_that_is_given_away_while_it_is_written_costs_no_answer(app, dress_shop, asked, boss, sent):
    """Another section stands at its place then; what was typed is kept, and nothing of the other one is emptied."""
    sheet = begin(boss, asked["qn_rhczz"])
    save(boss, sheet, {"HUO01": "b"})
    page = first_page(boss, sheet)
    first = re.search(r'name="section" value="(\w+)"', boss.get(page).text)[1]
    sent.post("diagnosis.give", asked_id=asked["qn_rhczz"], key=first, form={"to": "role:cs", "once": "1"}, **HERE)
    typed = {"section": first, "REN02": "c", "REN01": "大概几千", "go": "on"}

    assert 'value="大概几千"' in boss.post(page, form=typed, expect=422).text
    assert boss.post(page, form={**typed, "REN01": "900"}).location == sheet

    assert "已经不在你要答的部分" in boss.get(first_page(boss, sheet)).text
    assert rows(app, dress_shop, Sheet)[0].answers == {"HUO01": "b", "REN02": "c", "REN01": "900"}


def test_a_section_is_forwarded_to_a_role_and_taken_back(dress_shop, visit, asked, huo, boss):
    cs = visit(dress_shop, Role.CS)
    assert "开始填写" not in cs.get("diagnosis.show", **HERE).text
    assert links(boss.get("diagnosis.show", **HERE).text, "/sections/huo")

    words = boss.post("diagnosis.give", form={"to": "role:cs", "once": "1"}, **huo).location
    boss.post("diagnosis.give", form={"to": "role:cs", "once": "1"}, **huo)

    assert "请客服填写「人货场资制 · 货" in boss.get(words).text
    assert "开始填写" in cs.get("diagnosis.show", **HERE).text
    page = cs.get(first_page(cs, begin(cs, asked["qn_rhczz"]))).text
    assert "HUO01" in page
    assert "REN01" not in page
    assert "1 / 1 节" in page
    assert "1 / 4 节" in boss.get(first_page(boss, begin(boss, asked["qn_rhczz"]))).text
    (taken,) = links(boss.get("diagnosis.questionnaire", asked_id=asked["qn_rhczz"], **HERE).text, "/removal")
    boss.post(taken)
    assert "1 / 5 节" in boss.get(first_page(boss, begin(boss, asked["qn_rhczz"]))).text


def test_only_who_can_answer_can_be_chosen(boss, huo):
    boss.post("diagnosis.give", form={"to": "role:boss2", "once": "1"}, expect=422, **huo)
    boss.post("diagnosis.give_link", form={"role": "viewer", "once": "1"}, expect=422, **huo)
    boss.get("diagnosis.forward", **{**huo, "key": "nothing"}, expect=404)


def test_by_link_somebody_new_stands_before_the_first_question(app, dress_shop, visit, asked, huo, boss):
    form = {"name": "小王", "role": "cs", "once": "1"}
    words = boss.post("diagnosis.give_link", form=form, **huo).location
    assert boss.post("diagnosis.give_link", form=form, **huo).location == words
    assert "链接已生成，还没有打开" in boss.get("diagnosis.forward", **huo).text
    path = link_in(boss, words)

    phone = visit()
    phone.get(path)
    sheet = phone.post(path, form={"name": "王小丫"}, most=30).location

    page = phone.get(first_page(phone, sheet)).text
    assert "HUO01" in page
    assert "1 / 1 节" in page
    save(phone, sheet, {"HUO01": "b"})
    assert phone.get(path, expect=302).location == sheet
    assert {(one.name, one.role, one.answers.get("HUO01")) for one in rows(app, dress_shop, Sheet)} == {
        ("王小丫", Role.CS, "b")
    }
    assert "王小丫已经打开链接" in boss.get(words).text
    visit().get(path, expect=410)


def test_taking_back_closes_the_link(dress_shop, visit, asked, huo, boss):
    path = link_in(boss, boss.post("diagnosis.give_link", form={"role": "cs", "once": "1"}, **huo).location)
    (taken,) = links(boss.get("diagnosis.questionnaire", asked_id=asked["qn_rhczz"], **HERE).text, "/removal")

    boss.post(taken)

    visit().get(path, expect=410)


def test_somebody_without_a_password_comes_back_by_a_link_with_a_code(app, dress_shop, visit, huo, boss, asked):
    first = boss.post("diagnosis.give_link", form={"name": "小王", "role": "cs", "once": "1"}, **huo).location
    visit().post(link_in(boss, first), form={"name": "小王"}, most=30)
    (given,) = rows(app, dress_shop, Assignment)

    again = {**huo, "key": "chang"}
    form = {"to": f"user:{given.user_id}", "once": "2"}
    words = boss.get(boss.post("diagnosis.give", form=form, most=14, **again).location)

    code = re.search(r'figure-big num">(\d{6})<', words.text)[1]
    path = re.search(r"https?://[^/]+(/join/[\w-]+)", words.text)[1]
    phone = visit()
    phone.post(path, form={"code": "000000"}, expect=422, most=20)
    sheet = phone.post(path, form={"code": code}, most=30).location
    assert "1 / 2 节" in phone.get(first_page(phone, sheet)).text


def test_a_coordinator_cannot_let_in_beyond_their_role(dress_shop, visit, huo):
    coordinator = visit(dress_shop, Role.COORDINATOR)

    page = coordinator.get("diagnosis.forward", **huo)

    assert '<option value="boss">' not in page.text
    coordinator.post("diagnosis.give_link", form={"role": "boss", "once": "1"}, expect=422, **huo)


@pytest.mark.parametrize(("questionnaire", "role"), [("qn_rhczz", Role.USER_OPS), ("qn_strategy", Role.BOSS)])
def test_whom_the_first_section_suits(questionnaire, role):
    assert likely_role(pack("base").questionnaires[questionnaire].sections[0]) is role
