"""A charter from draft to both signatures, on both databases; what changed a second ago; what the public may learn."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from siyu_saas.charter.queries import informed_days
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.signing.models import Document, Frozen, Seal, Signature
from siyu_saas.signing.rules import digest, grouped
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import PASSWORD
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def sent(consultant) -> Page:
    consultant.post("charter.send", **HERE)
    return consultant


def seen(page: Page) -> str:
    return re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', page.get("charter.show", **HERE).text)[1]


def signs(page: Page, *, proof: str = PASSWORD, sha256: str | None = None, expect: int = 302):
    form = {"sha256": sha256 or seen(page), "proof": proof}
    return page.post("charter.put_signature", form=form, expect=expect, most=15, **HERE)


def rows(app, shop, model):
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model)))


def test_before_it_is_sent_the_merchant_sees_no_text(consultant, boss):
    assert "目标由商家与顾问共同设定" in consultant.get("charter.show", **HERE).text
    text = boss.get("charter.show", **HERE).text
    assert "还没有发出" in text
    assert "目标由商家与顾问共同设定" not in text


def test_both_sides_sign_the_same_digest_and_then_it_is_in_force(app, dress_shop, sent, boss):
    assert "阅读并签署" in boss.get("overview.workspace", tenant="dress").text
    signs(boss)
    signs(sent)

    document, signatures = rows(app, dress_shop, Document)[0], rows(app, dress_shop, Signature)
    assert document.in_force_at is not None
    assert {one.side for one in signatures} == {Side.FIRM, Side.MERCHANT}
    assert {one.sha256 for one in signatures} == {document.sha256}
    assert document.sha256 == digest(
        kind="charter", title="合作说明", number=1, content=document.content, previous=None
    )
    assert {(one.name, one.role, one.address) for one in signatures} == {
        ("dress-店主", Role.BOSS, "127.0.0.1"),
        ("dress-顾问", Role.CONSULTANT, "127.0.0.1"),
    }


def test_the_wrong_password_signs_nothing_and_ten_times_is_enough(app, dress_shop, sent, boss):
    sha256 = seen(boss)
    for _ in range(10):
        assert "这次没有签署" in signs(boss, proof="wrong", sha256=sha256, expect=422).text
    assert "输错次数太多" in signs(boss, sha256=sha256, expect=429).text
    assert rows(app, dress_shop, Signature) == []


def test_a_text_that_changed_a_second_ago_is_not_signed_and_the_difference_is_shown(app, dress_shop, sent, boss):
    old = seen(boss)
    sent.post("charter.ask_for_change", form={"reason": "补一句数据返还"}, **HERE)
    edit = sent.get("charter.edit", **HERE).text
    texts = [
        re.sub(r"\s+$", "", text) for text in re.findall(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", edit, re.DOTALL)
    ]
    version = re.search(r'name="version"[^>]*value="(\d+)"', edit)[1]
    form = {"informed_days": "2"} | {f"texts-{place}": text for place, text in enumerate(texts)}
    form[f"texts-{len(texts) - 1}"] += "\n服务结束 30 天内返还或删除数据。"
    sent.post("charter.save", form={**form, "version": version}, **HERE)
    sent.post("charter.send", **HERE)

    answer = signs(boss, sha256=old, expect=409)

    assert "<ins>服务结束 30 天内返还或删除数据。</ins>" in answer.text
    assert rows(app, dress_shop, Signature) == []
    signs(boss)
    assert "第 1 版" in boss.get("charter.version", edition=1, **HERE).text


def test_reopening_needs_a_reason_and_clears_what_was_in_force(app, dress_shop, sent, boss):
    signs(boss)
    signs(sent)
    boss.post("charter.ask_for_change", form={"reason": " "}, expect=422, **HERE)
    boss.post("charter.ask_for_change", form={"reason": "对接人换了"}, **HERE)

    first, second = sorted(rows(app, dress_shop, Document), key=lambda one: one.number)
    assert first.superseded_at is not None
    assert (second.number, second.previous_sha256, second.proposed_at) == (2, first.sha256, None)
    assert "发给双方签署" in sent.get("charter.show", **HERE).text
    assert "已重新打开" in boss.get("charter.show", **HERE).text


def test_a_drafts_text_never_reaches_the_merchant(app, dress_shop, sent, boss):
    boss.post("charter.ask_for_change", form={"reason": "改"}, **HERE)
    boss.get("charter.version", edition=2, expect=404, **HERE)


def test_the_same_person_twice_is_one_signature_and_a_second_of_the_same_side_is_told(app, dress_shop, visit, sent):
    signs(sent)
    signs(sent, sha256=rows(app, dress_shop, Document)[0].sha256)
    lead = visit(dress_shop, Role.LEAD_CONSULTANT)
    answer = signs(lead, sha256=rows(app, dress_shop, Document)[0].sha256, expect=422)

    assert "已由dress-顾问签署" in answer.text
    assert len(rows(app, dress_shop, Signature)) == 1


def test_both_sides_at_the_same_moment(app, dress_shop, visit, sent):
    """Real threads, two connections: both signatures land, the document is in force once."""
    people = [visit(dress_shop, Role.BOSS), visit(dress_shop, Role.CONSULTANT)]
    sha256 = seen(people[0])
    forms = [{"csrf_token": page.token(), "sha256": sha256, "proof": PASSWORD} for page in people]
    address = people[0].address("charter.put_signature", **HERE)

    def press(place: int) -> int:
        return people[place].client.post(address, data=forms[place]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(2))) == [302, 302]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Seal.id))) == 1
    assert rows(app, dress_shop, Document)[0].in_force_at is not None


@pytest.mark.parametrize("role", [Role.LEAD, Role.VIEWER])
def test_only_the_boss_signs_for_the_merchant(visit, dress_shop, sent, role):
    page = visit(dress_shop, role)
    assert "确认并签署" not in page.get("charter.show", **HERE).text
    page.post("charter.put_signature", form={"sha256": "0" * 64, "proof": PASSWORD}, expect=403, **HERE)


def test_what_was_proposed_and_signed_can_not_be_changed_in_the_code(app, dress_shop, sent, boss):
    signs(boss)
    with app.app_context(), writing(), tenant(dress_shop.id):
        document = db.session.scalars(sa.select(Document)).one()
        document.content = {"sections": []}
        with pytest.raises(Frozen):
            db.session.flush()
        db.session.rollback()
        signature = db.session.scalars(sa.select(Signature)).one()
        signature.name = "别人"
        with pytest.raises(Frozen):
            db.session.flush()
        db.session.rollback()


def test_signatures_can_not_be_changed_in_the_database(app, dress_shop, sent, boss):
    signs(boss)
    with app.app_context(), writing(), tenant(dress_shop.id):
        for statement in (sa.update(Signature).values(name="别人"), sa.delete(Signature)):
            with pytest.raises(sa.exc.DBAPIError):
                db.session.execute(statement)
            db.session.rollback()


def test_two_editors_never_overwrite_each_other(consultant):
    edit = consultant.get("charter.edit", **HERE).text
    count = edit.count("<textarea")
    form = {"informed_days": "2"} | {f"texts-{place}": "甲" for place in range(count)}
    consultant.post("charter.save", form={**form, "version": "0"}, **HERE)
    answer = consultant.post("charter.save", form={**form, "texts-0": "乙", "version": "0"}, expect=409, **HERE)
    assert "乙" in answer.text
    consultant.post("charter.save", form={"texts-0": "x", "version": "1"}, expect=422, **HERE)


def test_how_far_dates_move_without_asking_is_agreed_on_in_the_charter(app, dress_shop, consultant, boss):
    texts = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", consultant.get("charter.edit", **HERE).text)
    form = {"version": "0", "informed_days": "5"} | {f"texts-{place}": text for place, text in enumerate(texts)}
    consultant.post("charter.save", form={**form, "informed_days": "40"}, expect=422, **HERE)
    consultant.post("charter.save", form=form, **HERE)
    assert 'value="5"' in consultant.get("charter.edit", **HERE).text
    consultant.post("charter.send", **HERE)
    assert "日期变化不超过 5 天" in boss.get("charter.show", **HERE).text
    assert agreed_days(app, dress_shop) == 2
    signs(boss)
    signs(consultant)

    assert agreed_days(app, dress_shop) == 5


def agreed_days(app, shop) -> int:
    with app.app_context(), tenant(shop.id):
        return informed_days(engagement_numbered(1).id)


def test_anybody_may_verify_and_learns_nothing_more(app, dress_shop, sent, boss):
    signs(boss)
    document = rows(app, dress_shop, Document)[0]
    stranger = Page(app)
    assert "没有找到" in stranger.get("verify.answer", code=document.code).text

    signs(sent)
    answer = stranger.get("verify.answer", code=grouped(document.code).lower())

    assert "核验通过" in answer.text
    assert "合作说明" in answer.text
    for secret in ("dress-", "dress 商家", "店主", document.sha256):
        assert secret not in answer.text
    for wrong in ("AAAA-AAAA-AAAA", "x", "' or 1=1 --", "𠮷" * 12):
        assert "没有找到" in stranger.get("verify.answer", code=wrong).text
    assert stranger.get("verify.ask", expect=302, code=document.code).location.endswith(grouped(document.code))


def test_somebody_who_came_by_a_link_signs_with_its_code(app, dress_shop, visit, sent):
    page = visit(dress_shop, Role.CONSULTANT)
    form = {"role": "boss", "seats": "1", "with_code": "y"}
    shown = page.get(page.post("workspace.make_invitation", tenant="dress", form=form).location).text
    link, code = re.search(r"/join/[\w-]+", shown)[0], re.search(r'figure-big num">(\d{6})', shown)[1]
    phone = Page(app)
    phone.post(link, form={"name": "周明远", "code": code}, most=15)

    signs(phone, proof=code)

    signature = rows(app, dress_shop, Signature)[0]
    assert (signature.name, signature.proof) == ("周明远", "code")


def test_without_password_and_code_the_page_says_what_is_needed(app, dress_shop, visit, sent):
    page = visit(dress_shop, Role.CONSULTANT)
    form = {"role": "boss", "seats": "1"}
    shown = page.get(page.post("workspace.make_invitation", tenant="dress", form=form).location).text
    phone = Page(app)
    phone.post(re.search(r"/join/[\w-]+", shown)[0], form={"name": "周明远"}, most=15)
    assert "6 位验证码的链接" in phone.get("charter.show", **HERE).text
    phone.post("charter.put_signature", form={"sha256": "0" * 64, "proof": "x"}, expect=422, **HERE)
