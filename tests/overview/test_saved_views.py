"""Views of the list that people keep: their own, under a name, one tap away."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.overview.looks import MOST_SAVED, BoardFilter, BoardView, Look, is_worth_saving
from siyu_saas.overview.models import SavedView
from siyu_saas.tenants.rules import Role

URGENT_TEA = {"show": "urgent", "view": "stages", "q": "茶"}
PLACE = {"show": "running", "view": "time", "q": ""}


@pytest.fixture
def consultant(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


def save(person, name: str, look=URGENT_TEA, *, expect: int = 302):
    return person.post("overview.keep_view", form={"name": name, **look}, expect=expect)


def chips(person, **query) -> list[tuple[str, bool]]:
    """Names of the saved views beside the filters, and whether each is the one that is shown."""
    text = person.get("overview.home", **query).text
    found = re.search(r'<nav class="chips" aria-label="我的视图">(.*?)</nav>', text, re.DOTALL)
    every = re.findall(
        r'<a class="chip" href="[^"]+"( aria-current="true")?>(?:<svg.*?</svg>)?([^<]+)</a>', found[1] if found else ""
    )
    return [(name, bool(current)) for current, name in every]


def kept(app) -> list[SavedView]:
    with app.app_context():
        return list(db.session.scalars(sa.select(SavedView).order_by(SavedView.made_at, SavedView.id)))


def test_a_view_is_saved_from_the_list_and_opens_with_a_tap(consultant):
    listed = consultant.get("overview.home", **URGENT_TEA).text
    asking = re.search(r'href="([^"]*/firm/views/new[^"]*)"', listed)[1].replace("&amp;", "&")
    form = consultant.get(asking).text
    sent = dict(re.findall(r'<input type="hidden" name="(show|view|q)" value="([^"]*)"', form))
    assert sent == URGENT_TEA

    answer = save(consultant, "要紧的茶", sent)
    assert chips(consultant) == [("要紧的茶", False)]
    text = consultant.get(answer.location).text
    assert 'value="茶"' in text
    assert chips(consultant, **URGENT_TEA) == [("要紧的茶", True)]
    assert "/firm/views/new" not in text


def test_the_plain_list_is_no_view_to_save(consultant):
    assert "/firm/views" not in consultant.get("overview.home").text


def test_views_are_a_persons_own(app, visit, consultant, dress_shop, tea_shop):
    save(consultant, "我的")
    row = kept(app)[0]
    for other in (visit(dress_shop, Role.FIRM_OWNER), visit(tea_shop, Role.CONSULTANT)):
        assert chips(other) == []
        assert "我的</a>" not in other.get("overview.views").text
        other.get("overview.one_view", view_id=row.id, expect=404)
        other.post("overview.call_view", form={"name": "抢来的", "version": 1}, view_id=row.id, expect=404)
        other.post("overview.remove_view", view_id=row.id, expect=404)
        save(other, "我的")
    assert [one.name for one in kept(app)] == ["我的"] * 3
    consultant.get("overview.one_view", view_id=new_id(), expect=404)


def test_a_merchant_has_no_list_and_no_views(visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    boss.get("overview.views", expect=404)
    save(boss, "店主的", expect=404)


@pytest.mark.parametrize(
    ("typed", "told"), [("长" * 21, "最长 20 个字"), ("", "请填写名称"), ("\u200b \u3000", "请填写名称")]
)
def test_a_name_that_will_not_do_comes_back_as_it_was_typed(app, consultant, typed, told):
    text = save(consultant, typed, expect=422).text
    assert told in text
    assert ("长" * 21 in text) == (typed == "长" * 21)
    assert dict(re.findall(r'<input type="hidden" name="(show|view|q)" value="([^"]*)"', text)) == URGENT_TEA
    assert kept(app) == []


def test_a_name_is_taken_once_and_sent_twice_it_is_saved_once(app, consultant):
    save(consultant, "周一")
    save(consultant, "周一")
    assert "已经有叫「周一」的视图" in save(consultant, "周一", PLACE, expect=422).text
    save(consultant, "周二", PLACE)
    second = kept(app)[1]
    text = consultant.post(
        "overview.call_view", form={"name": "周一", "version": second.version}, view_id=second.id, expect=422
    ).text
    assert "已经有叫「周一」的视图" in text
    assert [one.name for one in kept(app)] == ["周一", "周二"]


def test_a_view_is_renamed_and_removed(app, consultant):
    save(consultant, "旧名")
    row = kept(app)[0]
    consultant.post("overview.call_view", form={"name": "新名", "version": row.version}, view_id=row.id)
    assert chips(consultant) == [("新名", False)]

    stale = consultant.post(
        "overview.call_view", form={"name": "另一台设备", "version": row.version}, view_id=row.id, expect=409
    )
    assert "另一台设备" in stale.text
    assert "新名" in stale.text

    consultant.post("overview.remove_view", view_id=row.id)
    assert chips(consultant) == []
    assert "还没有保存的视图" in consultant.get("overview.views").text


def test_twelve_are_enough(app, consultant):
    for number in range(MOST_SAVED):
        save(consultant, f"第 {number} 个")
    assert "最多保存 12 个视图" in save(consultant, "第 13 个", expect=422).text
    assert len(kept(app)) == len(chips(consultant)) == MOST_SAVED
    assert "/firm/views/new" not in consultant.get("overview.home", **PLACE).text


@pytest.mark.parametrize("look", [{}, {"show": "'", "view": "\x00", "q": "茶" * 300}, {"show": "urgent " * 50}])
def test_what_nobody_offers_is_the_plain_list(app, consultant, look):
    save(consultant, "怪的", look)
    row = kept(app)[0]
    assert (row.wanted, row.view) == (BoardFilter.RUNNING, BoardView.TABLE)
    assert row.typed == look.get("q", "")[:80]


def test_the_list_asks_no_more_with_views_than_without(consultant):
    consultant.get("overview.home")
    without = len(consultant.get("overview.home").queries)
    save(consultant, "一个", PLACE)
    save(consultant, "两个")
    assert len(consultant.get("overview.home").queries) == without <= 8


def test_only_another_look_is_worth_saving():
    urgent = Look(BoardFilter.URGENT)
    assert is_worth_saving(urgent, [])
    assert not is_worth_saving(Look(), [])
    assert not is_worth_saving(urgent, [urgent])
    assert not is_worth_saving(urgent, [Look(typed=str(number)) for number in range(MOST_SAVED)])
