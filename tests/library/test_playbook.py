"""The playbook: found by characters, pinyin and initials, read on the page, per the merchant's pack."""

from __future__ import annotations

import pytest

from siyu_saas.core.database import db, writing
from siyu_saas.library.rules.shelf import found, pack_called
from siyu_saas.library.rules.sources import told
from siyu_saas.tenants.models import Tenant
from siyu_saas.tenants.rules import Role


@pytest.mark.parametrize("typed", ["包裹卡", "baoguoka", "bgk", "BaoGuo", "guoka", " 包裹 卡 "])
def test_the_parcel_card_is_found_however_it_is_typed(typed):
    assert "cl_parcel_card" in [book.key for book in found("base", typed)][:2]


def test_titles_come_before_texts_and_nothing_is_found_for_nonsense():
    books = found("base", "复盘")

    assert books[0].key == "cl_review"
    assert len(books) > 1
    assert found("base", "zzzzz") == []


def test_one_kind_can_be_asked_for():
    assert {book.kind for book in found("base", "", "cards")} == {"cards"}
    assert len(found("base", "")) == 27 + 23 + 30 + 13


def test_a_pack_that_is_gone_falls_back_to_the_general_one():
    assert pack_called("bakery").key == "base"


def test_sources_are_told_in_words_and_once():
    assert told(["S0-12", "S0-36", "P8", "P9", "domain F1", "law PIPL"]) == [
        "一家女装商家的咨询案例（2023-01）",
        "公开网页",
        "本产品整理",
        "法律法规",
    ]


def test_an_operator_searches_and_reads_a_checklist(visit, dress_shop):
    cs = visit(dress_shop, Role.CS)

    shelf = cs.get("playbook.shelf", tenant=dress_shop.slug, q="bgk")
    guide = cs.get("playbook.read", tenant=dress_shop.slug, name="cl_parcel_card")

    assert "包裹卡" in shelf.text
    assert "主利益点" in guide.text
    assert "主标题 ≤12 字" in guide.text
    assert "一家女装商家的咨询案例" in guide.text


def test_a_draft_is_shown_with_what_has_to_be_replaced(visit, dress_shop):
    page = visit(dress_shop, Role.BOSS).get("playbook.read", tenant=dress_shop.slug, name="tpl_sms")

    assert "退订回 T" in page.text
    assert "{short_url}" in page.text
    assert "短链接" in page.text
    assert "有时效" in page.text


def test_warnings_stand_where_they_concern(visit, dress_shop):
    page = visit(dress_shop, Role.CONSULTANT).get("playbook.read", tenant=dress_shop.slug, name="cl_lottery")

    assert "不超过 5 万元" in page.text
    assert "截至 2022-11" in page.text


def test_every_entry_of_every_pack_can_be_read(app, visit, dress_shop):
    cs = visit(dress_shop, Role.CS)

    for book in found("base", "")[::6]:
        cs.get("playbook.read", tenant=dress_shop.slug, name=book.key)
    cs.get("playbook.read", tenant=dress_shop.slug, name="no_such_thing", expect=404)


def test_a_merchant_reads_the_pack_of_its_industry(app, visit, dress_shop):
    with app.app_context(), writing():
        db.session.execute(db.update(Tenant).where(Tenant.id == dress_shop.id).values(pack="fashion"))
        db.session.commit()

    page = visit(dress_shop, Role.CS).get("playbook.shelf", tenant=dress_shop.slug, q="换季专场")

    assert "先晒旧衣搭配" in page.text
    assert found("base", "换季专场") == []
