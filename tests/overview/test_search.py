"""⌘K: merchants and their pages, by characters, pinyin and initials; only those one may enter."""

from __future__ import annotations

import pytest

from siyu_saas.core.database import db, writing
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.models import Firm
from siyu_saas.tenants.rules import Role


@pytest.mark.parametrize("typed", ["南山", "nanshan", "nsxy", "NSXY", "小院"])
def test_a_merchant_and_its_rooms_are_found(app, dress_shop, visit, typed):
    with app.app_context(), writing():
        open_workspace(db.session.get_one(Firm, dress_shop.firm_id), name="南山小院", slug="nanshan")
        db.session.commit()
    page = visit(dress_shop, Role.FIRM_OWNER)
    text = page.get(f"/search?q={typed}").text
    assert 'href="/t/nanshan/"' in text
    assert 'href="/t/nanshan/newest?page=plan.show"' in text
    assert "dress 商家" not in text.split('id="found"')[1]


def test_while_typing_only_the_list_comes(dress_shop, visit):
    part = visit(dress_shop, Role.BOSS).get("/search?q=dress", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'href="/t/dress/"' in part


@pytest.mark.parametrize("typed", ["tea", "%25", "'", "没有"])
def test_what_one_may_not_enter_is_not_found(dress_shop, tea_shop, visit, typed):
    assert "没有找到" in visit(dress_shop, Role.FIRM_OWNER).get(f"/search?q={typed}").text


def test_every_page_leads_to_the_search(dress_shop, visit):
    assert 'href="/search" data-search-page' in visit(dress_shop, Role.VIEWER).get("/t/dress/").text
