"""The five steps of the beginning, and the trade terms: for both sides, again and again."""

from __future__ import annotations

import pytest

from siyu_saas.tenants.rules import Role


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.VIEWER])
def test_five_steps_lead_home(dress_shop, visit, role):
    page = visit(dress_shop, role)
    seen = [page.get(f"/tour?step={step}").text for step in range(1, 6)]
    assert all("跳过" in text for text in seen[:4])
    assert "开始使用" in seen[4]
    title = seen[0].partition("<h1")[2].partition("</h1>")[0]
    assert all(title in page.get(f"/tour{odd}").text for odd in ("?step=9", "?step=x", ""))
    assert all(title not in text for text in seen[1:])


def test_terms_are_found(dress_shop, visit):
    page = visit(dress_shop, Role.BOSS)
    assert "印出去后还能改指向" in page.get("/terms").text
    assert "活码" in page.get("/terms?q=活码").text
    assert "没有这个词" in page.get("/terms?q=%00zzz").text


def test_they_can_be_opened_from_every_page(dress_shop, visit):
    text = visit(dress_shop, Role.VIEWER).get("workspace.files", tenant="dress").text
    assert 'href="/tour"' in text
    assert 'href="/terms"' in text
