"""Asking and answering: sheets on phones, two devices, sections given away, submitting and reopening."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis, Received, Sheet
from siyu_saas.diagnosis.queries.numbers import numeric_answers
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.diagnosis.cases import answers_of
from tests.diagnosis.conftest import HERE, begin, draw, first_page, outbox, rows, save, send


def test_before_it_is_sent_the_merchant_waits_and_the_consultant_chooses(consultant, boss):
    assert "还没有发出" in boss.get("diagnosis.show", **HERE).text
    assert "发给商家" in consultant.get(consultant.get("diagnosis.show", expect=302, **HERE).location).text
    consultant.post("diagnosis.send", form={"title": "", "depth": "standard"}, expect=422, **HERE)


def test_sending_twice_sends_once_and_copies_the_pack(app, dress_shop, consultant):
    send(consultant)
    send(consultant)

    assert [row.number for row in rows(app, dress_shop, Diagnosis)] == [1]
    assert len(rows(app, dress_shop, AskedQuestionnaire)) == 5


def test_the_four_qualities_are_asked_in_one_place_only(consultant):
    """At the beginning and at the end, with evidence and a review: not once more by a diagnosis."""
    assert "定性四维" not in consultant.get("diagnosis.new", **HERE).text
    form = {"title": "期末", "depth": "light", "once": "1", "questionnaires": ["qn_team", "qn_quali4"]}
    consultant.post("diagnosis.send", form=form, expect=422, **HERE)
    send(consultant)
    assert "qualities/before" in consultant.get("diagnosis.show", **HERE).text


def test_the_first_open_question_is_where_one_goes_on(asked, boss):
    sheet = begin(boss, asked["qn_rhczz"])
    assert first_page(boss, sheet).endswith("/1")
    save(boss, sheet, {key: value for key, value in answers_of("worked").items() if key.startswith(("REN", "HUO"))})

    assert first_page(boss, sheet).endswith("/2"), "three figures of the second section are still open"
    save(boss, sheet, {"HUO10": "u", "HUO11": "u", "HUO12": "u"}, seq=500)
    assert first_page(boss, sheet).endswith("/3")


def test_without_script_a_section_is_saved_by_its_form(app, dress_shop, asked, boss):
    sheet = begin(boss, asked["qn_rhczz"])
    page = first_page(boss, sheet)
    assert 'name="REN01"' in boss.get(page).text

    onward = boss.post(page, form={"REN01": "52.7万", "REN02": "c", "REN04": ["channel", "level"], "go": "on"}).location

    assert onward.endswith("/2")
    assert rows(app, dress_shop, Sheet)[0].answers == {"REN01": "527000", "REN02": "c", "REN04": ["channel", "level"]}
    assert "527,000 人，即 52.7 万人" in boss.get(page).text
    assert boss.post(onward, form={"go": "back"}).location.endswith("/1")


def test_what_cannot_be_read_comes_back_with_everything_typed(app, dress_shop, asked, boss):
    page = first_page(boss, begin(boss, asked["qn_rhczz"]))

    answer = boss.post(page, form={"REN01": "大概几千", "REN02": "c", "go": "on"}, expect=422)

    assert "有 1 处需要修改" in answer.text
    assert 'value="大概几千"' in answer.text
    assert "看不懂「大概几千」" in answer.text
    assert 'value="c" checked' in answer.text
    assert rows(app, dress_shop, Sheet)[0].answers == {}


def test_ten_thousand_characters_are_refused_in_place(asked, boss):
    sheet = begin(boss, asked["qn_strategy"])
    told = save(boss, sheet, {"STR14": "字" * 10_000, "STR11": "m3"})

    assert "10,000" in told["errors"]["STR14"]
    answer = boss.post(first_page(boss, sheet), form={"STR14": "字" * 10_000}, expect=422)
    assert "字" * 10_000 in answer.text


def test_a_branch_that_opens_keeps_a_reader_without_script_on_the_page(asked, boss):
    sheet = begin(boss, asked["qn_strategy"])
    page = first_page(boss, sheet)
    assert 'data-question="STR06"' in boss.get(page).text

    assert boss.post(page, form={"STR02": ["ltv"], "go": "on"}).location == page
    assert boss.post(page, form={"STR02": ["ltv"], "go": "on"}).location.endswith("/review")


def test_a_device_hears_what_was_understood(asked, boss):
    told = save(boss, begin(boss, asked["qn_rhczz"]), {"REN01": "52.7万", "CH04": "120", "REN02": "c"})

    assert told["echo"] == {"REN01": "527,000 人，即 52.7 万人"}
    assert told["errors"] == {"CH04": "应在 0 到 100 之间"}


def test_the_last_received_wins_and_the_other_is_kept(app, dress_shop, asked, boss):
    sheet = begin(boss, asked["qn_rhczz"])
    save(boss, sheet, {"REN02": "a"}, client="phone", seq=7)
    save(boss, sheet, {"REN02": "c"}, client="desk", seq=1)
    assert rows(app, dress_shop, Sheet)[0].answers == {"REN02": "c"}

    save(boss, sheet, {"REN02": "a"}, client="phone", seq=7)
    assert rows(app, dress_shop, Sheet)[0].answers == {"REN02": "c"}, "a parcel that arrives twice changes nothing"
    save(boss, sheet, {"REN02": "b"}, client="phone", seq=8)

    assert rows(app, dress_shop, Sheet)[0].answers == {"REN02": "b"}
    assert {(one.client, one.value) for one in rows(app, dress_shop, Received)} == {("phone", "b"), ("desk", "c")}
    assert "还收到过别的答案" in boss.get(f"{sheet}/review").text


@pytest.mark.parametrize(
    "sent_body",
    [
        {},
        [],
        {"client": "x", "items": [{"name": "REN02"}]},
        {"client": "", "items": []},
        {"client": "form:1", "items": []},
        {"client": "x", "items": [{"name": "REN02", "value": "a", "seq": "1"}]},
        {"client": "x", "items": [{"name": "REN02", "value": [1], "seq": 1}]},
        {"client": "x", "items": [{"name": "REN02", "value": [None], "seq": 1}]},
        {"client": "x", "items": [{"name": [], "value": ["a"], "seq": 1}]},
        {"client": "x", "items": [{"name": "\ud800", "value": ["a"], "seq": 1}]},
        {"client": "\ud800", "items": []},
        {"client": "a\x00", "items": []},
        {"client": "x", "items": [{"name": "REN02", "value": ["a"], "seq": -1}]},
        {"client": "x", "items": [{"name": "REN02", "value": ["a"], "seq": 1}] * 401},
    ],
)
def test_nonsense_from_a_device_is_refused(asked, boss, sent_body):
    sheet = begin(boss, asked["qn_rhczz"])
    headers = {"X-CSRFToken": boss.token(), "Content-Type": "application/json"}
    answer = boss.client.post(outbox(sheet), data=json.dumps(sent_body), headers=headers)
    assert answer.status_code == 422


def test_json_too_deep_to_read_is_refused(asked, boss):
    sheet = begin(boss, asked["qn_rhczz"])
    headers = {"X-CSRFToken": boss.token(), "Content-Type": "application/json"}
    assert boss.client.post(outbox(sheet), data="[" * 100_000, headers=headers).status_code == 422


def test_what_is_not_asked_is_refused_by_name(asked, boss):
    told = save(boss, begin(boss, asked["qn_rhczz"]), {"FIT01": "3", "REN02.row": "3", "REN02": "c"})

    assert set(told["errors"]) == {"FIT01", "REN02.row"}


def test_submitting_asks_for_what_is_open_and_locks(app, dress_shop, asked, boss):
    sheet = begin(boss, asked["qn_team"])
    answer = boss.post(f"{sheet}/submission", expect=422)
    assert "还有 11 题没有答" in answer.text
    save(boss, sheet, answers_of("worked"))

    boss.post(f"{sheet}/submission")

    assert "已于" in boss.get(f"{sheet}/review").text
    assert "已经提交" in save(boss, sheet, {"TEAM02": "a"}, seq=900, expect=409)["title"]
    assert "已经提交" in boss.post(f"{sheet}/1", form={"TEAM02": "a"}, expect=409).text
    assert boss.get(f"{sheet}/1", expect=302).location.endswith("/review")
    boss.post(f"{sheet}/submission", expect=409)


def test_reopening_makes_the_next_edition_and_the_old_one_counts_until_then(app, dress_shop, asked, boss):
    sheet = begin(boss, asked["qn_team"])
    save(boss, sheet, answers_of("worked"))
    boss.post(f"{sheet}/submission")

    again = boss.post(f"{sheet}/reopening").location.removesuffix("/review")
    save(boss, again, {"TEAM02": "a"}, client="other")
    draw(app, dress_shop)
    assert result_of(app, dress_shop)["team"]["value"] == 36
    boss.post(f"{again}/submission")
    draw(app, dress_shop)

    assert result_of(app, dress_shop)["team"]["value"] == 24
    assert [(one.edition, one.answers["TEAM02"]) for one in sheets_of(app, dress_shop)] == [(1, "c"), (2, "a")]
    boss.post(f"{sheet}/reopening", expect=422)


def test_a_consultant_answers_for_somebody_and_it_says_so(app, dress_shop, sent, asked, boss):
    sheet = sent.post(
        "diagnosis.interview", asked_id=asked["qn_team"], form={"who": "", "name": "客服组长", "role": "cs"}, **HERE
    ).location
    page = sent.get(first_page(sent, sheet)).text
    assert "正在替客服组长填写" in page
    save(sent, sheet, {"TEAM02": "c"}, client="desk")

    assert rows(app, dress_shop, Sheet)[0].proxied == ["TEAM02"]
    assert "顾问代填" in sent.get(f"{sheet}/review").text
    boss.get(sheet, expect=404)
    sent.post("diagnosis.interview", asked_id=asked["qn_team"], form={"who": "", "role": "cs"}, expect=422, **HERE)


def test_nobody_reads_the_sheet_of_a_colleague(asked, boss, visit, dress_shop, tea_shop):
    sheet = begin(boss, asked["qn_rhczz"])
    visit(dress_shop, Role.LEAD).get(f"{sheet}/review", expect=404)
    visit(tea_shop, Role.BOSS).get(f"{sheet}/review", expect=404)
    save(visit(dress_shop, Role.LEAD), sheet, {"REN02": "a"}, expect=404)
    save(visit(tea_shop, Role.BOSS), sheet.replace("/t/dress/", "/t/tea/"), {"REN02": "a"}, expect=404)


def test_signed_out_devices_are_told_so(asked, boss, visit):
    sheet = begin(boss, asked["qn_rhczz"])
    save(visit(), sheet, {"REN02": "a"}, expect=401)


def test_figures_become_numbers_for_baselines(app, dress_shop, answered):
    with app.app_context(), tenant(dress_shop.id):
        found = {one.metric: one for one in numeric_answers(db.session.scalar(sa.select(Engagement.id)))}

    assert (found["wecom_total"].value, found["wecom_total"].unit) == (Decimal(4274), "人")
    assert (found["parcel_to_wecom_rate"].value, found["parcel_to_wecom_rate"].question) == (Decimal(4), "CH04")
    assert "aov_buyer" not in found, "it was left blank"


def test_light_and_the_next_diagnosis(app, dress_shop, sent):
    send(sent, title="期末诊断", depth="light", once="second", questionnaires=["qn_team", "qn_strategy"])
    assert [row.number for row in rows(app, dress_shop, Diagnosis)] == [1, 2]
    assert "轻调研" in sent.get("diagnosis.show", **HERE).text


def test_pages_cost_the_same_with_many_sheets(app, dress_shop, visit, sent, asked):
    for role in (Role.BOSS, Role.LEAD, Role.COORDINATOR):
        person = visit(dress_shop, role)
        for one in asked.values():
            begin(person, one)
    sent.get("diagnosis.show", **HERE)


def result_of(app, shop) -> dict:
    with app.app_context(), tenant(shop.id):
        return db.session.scalar(sa.select(Diagnosis.result))


def sheets_of(app, shop) -> list[Sheet]:
    return sorted(rows(app, shop, Sheet), key=lambda one: one.edition)
