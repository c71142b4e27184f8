"""Comments under a thing, on both databases: who reads what, who is meant, what may be mended."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.tenancy import tenant
from siyu_saas.talk.models import Comment, Mention
from siyu_saas.talk.rules import LONGEST_COMMENT, mentioned
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def subject(app, dress_shop) -> dict:
    with app.app_context(), tenant(dress_shop.id):
        return {**HERE, "kind": "engagement", "subject_id": db.session.scalar(sa.select(Engagement.id))}


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


def says(page: Page, text: str, subject: dict, *, expect: int = 302, once: str | None = None, **more):
    form = {"text": text, "once": once or f"key-{now().timestamp()}", **more}
    return page.post("talk.add", form=form, expect=expect, most=20, **subject)


def stored(app, shop, model) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def test_both_sides_read_each_other(consultant, boss, subject):
    says(consultant, "**重点：**先把欢迎语改好", subject)
    says(boss, "好的，今天改", subject)

    text = boss.get("talk.show", **subject).text
    assert "<strong>重点：</strong>先把欢迎语改好" in text
    assert "好的，今天改" in consultant.get("talk.show", **subject).text


def test_what_is_for_the_team_never_reaches_the_merchant(app, dress_shop, consultant, boss, subject):
    picture = (io.BytesIO(b"a,b\n1,2\n"), "毛利.csv")
    says(consultant, "毛利撑不起这个折扣", subject, audience="team", files=picture)

    for where, values in (
        ("talk.show", subject),
        ("talk.threads", HERE),
        ("overview.workspace", {"tenant": "dress"}),
        ("workspace.files", {"tenant": "dress"}),
    ):
        text = boss.get(where, **values).text
        assert "毛利" not in text
        assert "仅团队" not in text
    file_id = re.search(r"/files/([0-9a-f-]{36})", consultant.get("talk.show", **subject).text)[1]
    for page, expected in ((boss, 404), (consultant, 200)):
        with page.client.get(f"/t/dress/files/{file_id}") as answer:
            assert answer.status_code == expected


def test_a_merchant_cannot_write_for_the_team_only(app, dress_shop, boss, subject):
    says(boss, "我来试试", subject, audience="team")

    assert [row.internal for row in stored(app, dress_shop, Comment)] == [False]


def test_whoever_stands_behind_an_at_is_meant(app, dress_shop, consultant, boss, subject):
    says(consultant, "@dress-店主 请看，@dress-客服 也看", subject)
    says(consultant, "@dress-店主 看不到这句", subject, audience="team")

    assert len(stored(app, dress_shop, Mention)) == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [("@林知 你好", [1]), ("@林知夏 你好", [2]), ("看 @林知夏、@林知", [2, 1]), ("@无此人", []), ("a@b.example", [])],
)
def test_of_two_names_the_longer_one_is_meant(text, meant):
    assert mentioned(text, {1: "林知", 2: "林知夏"}) == meant


def test_the_same_form_twice_is_one_comment(app, dress_shop, boss, subject):
    says(boss, "一次就够", subject, once="same")
    says(boss, "一次就够", subject, once="same")

    assert len(stored(app, dress_shop, Comment)) == 1


def test_ten_minutes_to_mend_and_then_no_more(app, dress_shop, boss, consultant, subject):
    says(boss, "周三前交", subject)
    row = stored(app, dress_shop, Comment)[0]
    here = {**HERE, "comment_id": row.id}
    consultant.get("talk.edit", expect=404, **here)

    boss.post("talk.mend", form={"text": "周四前交", "version": row.version}, most=16, **here)
    with time_machine.travel(now() + timedelta(minutes=11)):
        answer = boss.post(
            "talk.mend", form={"text": "周五前交", "version": row.version + 1}, expect=422, most=16, **here
        )

    assert "再写一条补充" in answer.text
    assert "周四前交" in boss.get("talk.show", **subject).text


def test_a_removed_comment_keeps_its_place_but_not_its_text(app, dress_shop, boss, consultant, subject):
    says(boss, "说错了", subject)
    row = stored(app, dress_shop, Comment)[0]
    consultant.post("talk.remove", expect=404, **HERE, comment_id=row.id)

    boss.post("talk.remove", **HERE, comment_id=row.id)

    text = consultant.get("talk.show", **subject).text
    assert "这条评论已删除" in text
    assert "说错了" not in text


def test_unread_is_counted_until_it_was_read(consultant, boss, subject):
    says(consultant, "第一条", subject)
    says(consultant, "第二条", subject)
    assert "2 条未读" in boss.get("talk.threads", **HERE).text
    assert "未读" not in consultant.get("talk.threads", **HERE).text

    boss.post("talk.read", expect=204, **subject)

    assert "未读" not in boss.get("talk.threads", **HERE).text


@pytest.mark.parametrize("text", ["", "   ", "​‏", "长" * (LONGEST_COMMENT + 1)])
def test_an_empty_or_endless_comment_comes_back_with_what_was_typed(boss, subject, text):
    answer = says(boss, text, subject, expect=422)

    assert text.strip("​‏ ") in answer.text


def test_markup_is_shown_as_text(boss, subject):
    says(boss, "<script>alert(1)</script> ![x](https://a.example/p.png) [点我](javascript:alert(1))", subject)

    text = boss.get("talk.show", **subject).text
    thread = text[text.index('class="comments"') :]
    assert "<script>alert" not in thread
    assert "<img" not in thread
    assert 'href="javascript' not in thread


def test_a_long_thread_is_shown_in_parts(app, dress_shop, boss, subject):
    with app.app_context(), tenant(dress_shop.id):
        for number in range(120):
            db.session.add(
                Comment(
                    engagement_id=subject["subject_id"],
                    subject_kind="engagement",
                    subject_id=subject["subject_id"],
                    subject_label="服务期",
                    author_name="顾问",
                    author_side="firm",
                    text=f"第{number}条。",
                    written_at=now() - timedelta(minutes=200 - number),
                )
            )
        db.session.commit()

    assert "第119条。" in boss.get("talk.show", **subject).text
    assert "第0条。" in boss.get("talk.show", page=3, **subject).text


def test_people_to_mention_are_found_by_pinyin(boss, consultant):
    names = boss.client.get("/t/dress/e/1/talk/people?audience=team").json
    assert {"name": "dress-店主", "keys": ["dress-dianzhu", "dress-dz"]} in names
    assert all(
        "顾问" not in person["name"]
        for person in consultant.client.get("/t/dress/e/1/talk/people?audience=team").json
        if "店主" in person["name"]
    )
