"""From a checklist to accepted evidence, on both databases: submitted, returned by standard, mended, accepted."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.guidance.models import Checklist, Evidence, Item
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import Shop
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}
TITLE = "主利益点"


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def operator(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONTENT_OPS)


@pytest.fixture
def item(app, dress_shop, consultant) -> dict:
    """An item of the merchant's with two criteria."""
    consultant.post("guidance.begin", form={"key": "cl_parcel_card"}, most=60, **HERE)
    with app.app_context(), tenant(dress_shop.id):
        return {**HERE, "item_id": db.session.scalar(sa.select(Item.id).where(Item.title == TITLE))}


def photo() -> tuple[io.BytesIO, str]:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    content.seek(0)
    return content, "后台截图.jpg"


def gives(page: Page, item: dict, *, expect: int = 302, **form):
    form = {"once": str(new_id()), "criterion": "", "then": "submit", **form}
    return page.post("guidance.add_evidence", form=form, expect=expect, most=30, **item)


def state(app, shop: Shop) -> ItemState:
    with app.app_context(), tenant(shop.id):
        return db.session.scalar(sa.select(Item.state).where(Item.title == TITLE))


def test_a_checklist_is_copied_with_its_standards(app, dress_shop, consultant, item):
    text = consultant.get("guidance.item", most=10, **item).text

    assert "主标题 ≤12 字" in text
    assert "码边长 ≥2.5cm" in text
    assert "1 秒看懂" in text
    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalar(sa.select(sa.func.count(Item.id))) == 7


def test_taken_up_twice_it_is_there_once(app, dress_shop, consultant, item):
    consultant.post("guidance.begin", form={"key": "cl_parcel_card"}, most=20, **HERE)

    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalar(sa.select(sa.func.count(Checklist.id))) == 1


def test_one_photo_is_given_and_submitted_by_the_same_tap(app, dress_shop, operator, item):
    gives(operator, item, files=photo())

    assert state(app, dress_shop) is ItemState.SUBMITTED
    assert "等顾问验收" in operator.get("guidance.item", most=10, **item).text


def test_returned_by_standard_the_merchant_sees_exactly_what_to_mend(app, dress_shop, consultant, operator, item):
    gives(operator, item, files=photo())
    consultant.post("guidance.return_item", form={"reason": "码太小，扫不出来", "unmet": "2"}, most=20, **item)

    text = operator.get("guidance.item", most=10, **item).text
    assert "码太小，扫不出来" in text
    unmet = re.search(r'class="unmet">(.*?)</li>', text, re.DOTALL)[1]
    assert "码边长" in unmet
    assert text.count('class="unmet"') == 1

    gives(operator, item, note="改成 3cm 了")
    consultant.post("guidance.pass_item", most=20, **item)
    assert state(app, dress_shop) is ItemState.ACCEPTED
    history = operator.get("guidance.item", most=10, **item).text
    assert "第 1 轮" in history
    assert "第 2 轮" in history


def test_without_evidence_or_a_reason_nothing_moves(app, dress_shop, consultant, operator, item):
    operator.post("guidance.send", expect=409, most=20, **item)
    gives(operator, item, files=photo())
    answer = consultant.post("guidance.return_item", form={"reason": ""}, expect=422, most=20, **item)

    assert "请写明原因" in answer.text
    assert state(app, dress_shop) is ItemState.SUBMITTED


def test_the_same_form_twice_gives_evidence_once(app, dress_shop, operator, item):
    for _ in range(2):
        gives(operator, item, once="same", then="", note="一句说明", address="https://example.com/a")

    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalar(sa.select(sa.func.count(Evidence.id))) == 1


def test_the_same_form_whose_answer_was_lost_is_submitted_once(app, dress_shop, operator, item):
    for _ in "ab":
        gives(operator, item, once="same", files=photo())

    assert "已提交，等顾问验收" in operator.get("guidance.item", most=10, **item).text
    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalar(sa.select(sa.func.count(Evidence.id))) == 1
    gives(operator, item, once="another", files=photo(), expect=409)


def test_of_two_reviewers_one_is_told_that_it_was_settled(app, dress_shop, visit, operator, item):
    gives(operator, item, files=photo())
    pages = [visit(dress_shop, role) for role in (Role.CONSULTANT, Role.LEAD_CONSULTANT)]
    tokens = [page.token() for page in pages]

    def decides(page: Page, token: str) -> int:
        address = page.address("guidance.pass_item", **item)
        return page.client.post(address, data={"csrf_token": token}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decides, pages, tokens))
    assert answers == [302, 409]
    assert state(app, dress_shop) is ItemState.ACCEPTED


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"address": "javascript:alert(1)"}, "完整链接"),
        ({"address": "随便写的"}, "完整链接"),
        ({"address": "https://[x"}, "完整链接"),
        ({"note": "长" * 1001}, "最长 1000"),
        ({"criterion": "99"}, ""),
    ],
)
def test_bad_evidence_comes_back_with_what_was_typed(operator, item, form, sentence):
    answer = gives(operator, item, expect=422, **form)

    assert sentence in answer.text
    typed = form.get("address") or form.get("note") or ""
    assert typed.replace("'", "&#39;") in answer.text


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "图.svg", 415),
        (b"\0\0\0 ftypheic" + b"\0" * 40, "照片.heic", 415),
        (b"", "空.jpg", 422),
        (b"%PDF-1.7\n<script>alert(1)</script>PK\x03\x04", "两用.pdf", 415),
    ],
)
def test_a_file_that_cannot_be_taken_changes_nothing(app, dress_shop, operator, item, content, name, status):
    answer = gives(operator, item, files=(io.BytesIO(content), name), expect=status)

    assert "不能上传" in answer.text or "HEIC" in answer.text or "空" in answer.text
    assert state(app, dress_shop) is ItemState.TODO


def test_three_hundred_files_at_once_are_too_many(app, dress_shop, operator, item):
    files = [photo() for _ in range(300)]
    answer = gives(operator, item, files=files, note="一周的截图", expect=422)

    assert "一次最多 20 个文件" in answer.text
    assert "一周的截图" in answer.text
    assert state(app, dress_shop) is ItemState.TODO


def test_a_viewer_reads_and_a_merchant_never_reviews(visit, dress_shop, operator, item):
    viewer = visit(dress_shop, Role.VIEWER)
    assert "提交证据" not in viewer.get("guidance.item", most=10, **item).text
    viewer.post("guidance.add_evidence", form={"note": "x"}, expect=403, **item)
    operator.post("guidance.pass_item", expect=403, **item)


def test_submitted_evidence_is_not_removed_and_the_rest_is(app, dress_shop, operator, item):
    gives(operator, item, then="", note="草稿证据")
    with app.app_context(), tenant(dress_shop.id):
        evidence_id = db.session.scalar(sa.select(Evidence.id))
    gives(operator, item, note="再补一句")
    operator.post("guidance.remove_evidence", evidence_id=evidence_id, expect=409, most=20, **item)

    operator.post("guidance.withdraw", most=20, **item)
    operator.post("guidance.remove_evidence", evidence_id=evidence_id, most=20, **item)
    assert "草稿证据" not in operator.get("guidance.item", most=10, **item).text


def test_the_queue_holds_what_waits_in_all_merchants_and_nobody_elses(
    app, visit, dress_shop, tea_shop, consultant, operator, item
):
    gives(operator, item, files=photo())

    assert TITLE in consultant.get("reviewing.queue").text
    assert TITLE not in visit(tea_shop, Role.CONSULTANT).get("reviewing.queue").text
    operator.get("reviewing.queue", expect=404)


def test_all_that_wait_are_accepted_at_once(app, dress_shop, consultant, operator, item):
    gives(operator, item, files=photo())
    with app.app_context(), tenant(dress_shop.id):
        checklist_id = db.session.scalar(sa.select(Checklist.id))

    consultant.post("guidance.accept_all", checklist_id=checklist_id, most=30, **HERE)

    assert state(app, dress_shop) is ItemState.ACCEPTED


def test_a_checklist_somebody_worked_on_stays(app, dress_shop, consultant, operator, item):
    gives(operator, item, files=photo())
    with app.app_context(), tenant(dress_shop.id):
        checklist_id = db.session.scalar(sa.select(Checklist.id))

    answer = consultant.post("guidance.remove", checklist_id=checklist_id, expect=422, most=20, **HERE)
    assert "不能移除" in answer.text


def test_what_the_team_does_itself_is_done_when_it_says_so(app, dress_shop, consultant, item):
    with app.app_context(), tenant(dress_shop.id):
        own = db.session.scalar(sa.select(Item.id).where(Item.side == Side.FIRM))

    gives(consultant, {**HERE, "item_id": own}, note="1 主 2 辅已写进卡背")

    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalar(sa.select(Item.state).where(Item.id == own)) is ItemState.ACCEPTED


def test_the_list_makes_as_many_queries_with_one_checklist_as_with_ten(consultant, item):
    few = len(consultant.get("guidance.show", **HERE).queries)
    for key in ("cl_link", "cl_lottery", "cl_newcomer", "cl_group_basics", "cl_join6", "cl_sop", "cl_review"):
        consultant.post("guidance.begin", form={"key": key}, most=80, **HERE)

    assert len(consultant.get("guidance.show", **HERE).queries) == few
