"""The end of a service period and the time after, as people meet it, on both databases."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.aftercare.models import AdvicePick, Inquiry, LibraryAnswer, Qualitative, SurveyAnswer
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.models import PublicLink
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.succession import Succession, pass_on
from tests.support.demo_counts import fill_demo_counts
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


def rows(app, shop, model):
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def qualities(level: int, *, evidence: str = "", version: int = 0) -> dict:
    keys = [key for one in DIMENSIONS for key in one.keys]
    form = {key: str(level) for key in keys} | {f"{one.key}_facts": "照实写" for one in DIMENSIONS}
    form |= {f"{key}_evidence": evidence for key in keys} | {f"{one.key}_remaining": "无" for one in DIMENSIONS}
    return {**form, "version": str(version)}


def test_qualities_before_and_after_with_evidence_and_review(app, dress_shop, boss, consultant):
    boss.post("aftercare.save_qualities", name="before", form=qualities(0), **HERE)
    refused = boss.post("aftercare.save_qualities", name="after", form=qualities(3), expect=422, **HERE)
    assert "要写明依据" in refused.text
    boss.post("aftercare.save_qualities", name="after", form=qualities(3, evidence="群公告截图.png"), **HERE)
    consultant.post("aftercare.review", name="after", **HERE)

    shown = boss.get("aftercare.show", **HERE).text
    assert "+75" in shown
    assert "dress-顾问已复核" in shown
    assert boss.get("aftercare.edit_qualities", name="after", **HERE).text.count("群公告截图.png") == 20
    boss.get("aftercare.edit_qualities", name="elsewhere", expect=404, **HERE)


def test_filling_anew_is_to_be_reviewed_anew_and_never_overwrites(app, dress_shop, boss, consultant):
    boss.post("aftercare.save_qualities", name="before", form=qualities(0), **HERE)
    consultant.post("aftercare.review", name="before", **HERE)
    boss.post("aftercare.save_qualities", name="before", form=qualities(1), expect=409, **HERE)
    boss.post("aftercare.save_qualities", name="before", form=qualities(1, version=2), **HERE)

    assert rows(app, dress_shop, Qualitative)[0].reviewed_at is None


def test_a_low_score_stands_and_asks_for_a_promise(boss, consultant):
    form = {"score": "6", "recommends": "no", "worst": "月中临时加的游戏，玩法太绕", "version": "0"}
    boss.post("aftercare.save_feedback", form={**form, "score": ""}, expect=422, **HERE)
    boss.post("aftercare.save_feedback", form=form, **HERE)

    assert "低于 7 分" in consultant.get("aftercare.show", **HERE).text
    consultant.post("aftercare.promise", form={"promise": ""}, expect=422, **HERE)
    consultant.post("aftercare.promise", form={"promise": "活动规则提前三天确认"}, **HERE)
    assert "活动规则提前三天确认" in boss.get("aftercare.show", **HERE).text


def test_one_question_by_a_link_is_answered_once_a_form_and_ends(app, dress_shop, consultant, boss):
    consultant.post("aftercare.make_survey", form={"kind": "nps", "label": "收官"}, **HERE)
    token = re.search(r"/s/([\w-]{43})", consultant.get("aftercare.show", **HERE).text)[1]
    assert "/s/" not in boss.get("aftercare.show", **HERE).text
    phone = Page(app)
    once = re.search(r'name="once"[^>]*value="(\w+)"', phone.get(f"/s/{token}").text)[1]
    for _ in range(2):
        phone.post(f"/s/{token}", form={"score": "9", "once": once}, expect=200)
    phone.post(f"/s/{token}", form={"score": "11", "once": "x"}, expect=422)
    again = phone.post(f"/s/{token}", form={"score": "0", "once": "another form"}, expect=200)

    assert "你已经答过了" in again.text
    assert "9 分" in phone.get(f"/s/{token}").text
    assert [one.score for one in rows(app, dress_shop, SurveyAnswer)] == [9]
    Page(app).post(f"/s/{token}", form={"score": "10", "once": "x" * 90}, expect=200)
    assert [one.score for one in rows(app, dress_shop, SurveyAnswer)] == [9, 10], "a colleague counts too"
    phone.client.set_cookie("given", "\x00", path=f"/s/{token}")
    phone.get(f"/s/{token}")
    assert "NPS 100" in boss.get("aftercare.show", **HERE).text
    phone.get("/s/" + "x" * 43, expect=404)
    with app.app_context(), tenant(dress_shop.id):
        link = db.session.scalars(sa.select(PublicLink)).one()
        link.revoked_at = link.made_at
        db.session.commit()
    assert "已过期或被收回" in phone.get(f"/s/{token}", expect=410).text


def test_advice_is_picked_adapted_and_dropped(app, dress_shop, consultant, boss):
    for _ in range(2):
        consultant.post("aftercare.pick", form={"key": "adv_c2p_1"}, **HERE)
    consultant.post("aftercare.pick", form={"key": "nothing"}, expect=404, **HERE)
    one = rows(app, dress_shop, AdvicePick)[0]
    form = {"action": "包裹卡每季换一版", "why": "利益点会疲劳", "review_on": "2026-09-09", "version": str(one.version)}
    consultant.post("aftercare.save_advice", advice_id=one.id, form=form, **HERE)
    assert "包裹卡每季换一版" in boss.get("aftercare.advice", **HERE).text
    consultant.post("aftercare.remove_advice", advice_id=one.id, **HERE)

    assert "还没有选建议" in boss.get("aftercare.advice", **HERE).text


def test_a_question_its_answer_and_where_it_is_kept(app, dress_shop, tea_shop, visit, boss, consultant):
    once = {"once": "a" * 32, "question": "社群没人说话怎么办？"}
    for _ in range(2):
        boss.post("aftercare.ask_inquiry", form=once, **HERE)
    asked = rows(app, dress_shop, Inquiry)
    assert len(asked) == 1
    consultant.post("aftercare.take_inquiry", inquiry_id=asked[0].id, **HERE)
    form = {"answer": "先定每天的固定话题。", "in_faq": "y", "in_library": "y", "version": "2"}
    consultant.post("aftercare.answer_inquiry", inquiry_id=asked[0].id, form=form, **HERE)

    assert "先定每天的固定话题" in boss.get("aftercare.inquiries", faq=1, **HERE).text
    boss.post("aftercare.ask_inquiry", form={"once": "b" * 32, "question": "群里没人说话，怎么办"}, **HERE)
    second = next(row for row in rows(app, dress_shop, Inquiry) if row.answered_at is None)
    assert "相似问题" in consultant.get("aftercare.inquiry", inquiry_id=second.id, **HERE).text
    assert "相似问题" not in boss.get("aftercare.inquiry", inquiry_id=second.id, **HERE).text
    with app.app_context():
        assert [one.firm_id for one in db.session.scalars(sa.select(LibraryAnswer))] == [dress_shop.firm_id]
    elsewhere = {"tenant": "tea", "number": 1}
    visit(tea_shop, Role.BOSS).post(
        "aftercare.ask_inquiry", form={**once, "question": "群里没人说话，怎么办"}, **elsewhere
    )
    theirs = rows(app, tea_shop, Inquiry)[0]
    shown = visit(tea_shop, Role.CONSULTANT).get("aftercare.inquiry", inquiry_id=theirs.id, **elsewhere).text
    assert "先定每天的固定话题" not in shown


def test_the_same_measures_are_looked_at_again_after_the_end(app, dress_shop, consultant, boss):
    assert "未采集" in boss.get("aftercare.checks", **HERE).text
    fill_demo_counts(app, dress_shop)
    windows = {
        "before_first": "2026-03-18",
        "before_last": "2026-04-14",
        "after_first": "2026-05-04",
        "after_last": "2026-05-31",
    }
    measures = {"measures": ["group_new"], "headline": ["group_new"], "version": "0"}
    consultant.post("comparison.agree", form={**windows, **measures}, **HERE)

    page = boss.get("aftercare.checks", **HERE).text
    assert "2,010 人次" in page
    assert "服务期没有数据" in page


def test_a_question_that_is_owed_changes_hands_with_the_consultant(app, dress_shop, boss, consultant):
    boss.post("aftercare.ask_inquiry", form={"once": "a" * 32, "question": "群里没人说话，怎么办"}, **HERE)
    boss.post("aftercare.ask_inquiry", form={"once": "b" * 32, "question": "欢迎语写多长"}, **HERE)
    for inquiry in rows(app, dress_shop, Inquiry):
        consultant.post("aftercare.take_inquiry", inquiry_id=inquiry.id, **HERE)
    owed, answered = rows(app, dress_shop, Inquiry)
    form = {"answer": "不超过 120 字", "version": str(answered.version)}
    consultant.post("aftercare.answer_inquiry", inquiry_id=answered.id, form=form, **HERE)
    with app.app_context(), writing(), tenant(dress_shop.id):
        assert pass_on(Succession(owed.owner_id, owed.owner_name, new_id(), "林知夏")) == 1
        db.session.commit()
    owners = {row.id: row.owner_name for row in rows(app, dress_shop, Inquiry)}
    assert owners == {owed.id: "林知夏", answered.id: answered.owner_name}
