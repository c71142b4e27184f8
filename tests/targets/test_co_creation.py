"""A target from draft over a counter-offer to both signatures, its revision and its end, on both databases."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.signing.models import Document, Signature
from siyu_saas.signing.rules import digest
from siyu_saas.targets.models import Offer, Target
from siyu_saas.targets.rules.agreement import CLAUSE
from siyu_saas.targets.rules.states import State
from siyu_saas.tenants.rules import Role, Side

from .conftest import HERE, digest_on, signs


def rows(app, shop, model) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def move_window(app, shop, target_id, *, days_ago: int, length: int) -> None:
    """So that the story can be told on any day."""
    with app.app_context(), writing(), tenant(shop.id):
        target = db.session.scalars(sa.select(Target).where(Target.id == target_id)).one()
        target.first = today() - timedelta(days=days_ago)
        target.last = target.first + timedelta(days=length - 1)
        db.session.commit()


def test_a_draft_is_not_seen_by_those_who_may_not_work_on_it(visit, dress_shop, consultant, at):
    assert "包裹卡企微转化率" in consultant.get("targets.board", **HERE).text
    viewer = visit(dress_shop, Role.VIEWER)
    assert "还没有目标" in viewer.get("targets.board", **HERE).text
    viewer.get("targets.show", expect=404, **at)


def test_proposed_countered_and_signed_by_both(app, dress_shop, proposed, boss, at, standing):
    assert "等你们确认" in boss.get("targets.board", **HERE).text
    boss.post("targets.counter", form={"value": "10.5", "reason": "卡片下月才改版"}, most=18, **at)
    assert (standing().state, standing().value, standing().waits_for) == (State.COUNTERED, 1050, Side.FIRM)

    signs(proposed, at)
    signs(boss, at)

    first, second = sorted(rows(app, dress_shop, Document), key=lambda one: one.number)
    assert first.superseded_at is not None
    assert second.in_force_at is not None
    assert second.content["data"]["value"] == 1050
    assert CLAUSE in second.content["sections"][-1]["text"]
    assert {one.sha256 for one in rows(app, dress_shop, Signature)} == {second.sha256}
    assert standing().state is State.AGREED
    thread = proposed.get("targets.show", **at).text
    assert "卡片下月才改版" in thread
    assert "10.5%" in thread
    assert "12%" in thread


def test_one_changed_digit_is_another_document(app, dress_shop, proposed, at):
    row = rows(app, dress_shop, Document)[0]
    changed = json.loads(json.dumps(row.content))
    changed["data"]["value"] = 1201
    same = {"kind": "target", "title": row.title, "number": 1, "previous": None}
    assert digest(content=row.content, **same) == row.sha256
    assert digest(content=changed, **same) != row.sha256


def test_a_signature_under_the_old_value_never_lands_on_the_new_one(app, dress_shop, proposed, boss, at):
    old = digest_on(proposed, at)
    boss.post("targets.counter", form={"value": "11", "reason": "先稳"}, most=18, **at)
    answer = signs(proposed, at, sha256=old, expect=409)
    assert "<del>" in answer.text
    assert "11%" in answer.text
    assert rows(app, dress_shop, Signature) == []


def test_a_counter_offer_needs_a_reason_another_value_and_the_right_side(proposed, boss, at):
    boss.post("targets.counter", form={"value": "11", "reason": " "}, expect=422, most=18, **at)
    kept = boss.post("targets.counter", form={"value": "一半", "reason": "试试"}, expect=422, most=18, **at)
    assert "试试" in kept.text
    assert "看不懂" in kept.text
    boss.post("targets.counter", form={"value": "12", "reason": "一样"}, expect=422, most=18, **at)
    boss.post("targets.counter", form={"value": "101", "reason": "超过"}, expect=422, most=18, **at)
    proposed.post("targets.counter", form={"value": "11", "reason": "自己改"}, expect=422, most=18, **at)


def test_what_is_incomplete_is_not_proposed(app, dress_shop, consultant, target_id, at):
    with app.app_context(), writing(), tenant(dress_shop.id):
        db.session.scalars(sa.select(Target)).one().actions = []
        db.session.commit()
    assert "还缺：至少 1 条支撑动作" in consultant.get("targets.show", **at).text
    consultant.post("targets.propose", expect=422, **at)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CS, Role.VIEWER])
def test_only_boss_and_lead_answer_for_the_merchant(visit, dress_shop, proposed, at, role):
    page = visit(dress_shop, role)
    assert "确认并签署" not in page.get("targets.show", **at).text
    page.post("targets.put_signature", form={}, expect=403, **at)
    page.post("targets.counter", form={}, expect=403, **at)


def test_a_lead_may_sign_for_the_merchant(visit, dress_shop, proposed, at, standing):
    signs(visit(dress_shop, Role.LEAD), at)
    signs(proposed, at)
    assert standing().state is State.AGREED


@pytest.fixture
def agreed(app, dress_shop, target_id, proposed, boss, at):
    signs(proposed, at)
    signs(boss, at)
    move_window(app, dress_shop, target_id, days_ago=2, length=44)
    return proposed


def revision(row: Target, **changes) -> dict:
    usual = {"value": "12", "first": row.first.isoformat(), "last": row.last.isoformat(), "scope": row.scope}
    return {**usual, "reason": "仓库搬家", **changes}


def test_a_revision_clears_both_signatures_and_shows_what_changed(app, dress_shop, agreed, boss, at, standing):
    boss.post("targets.revise", form=revision(standing(), value="10"), most=18, **at)

    row = standing()
    assert (row.state, row.value, row.revisions, row.agreed_at) == (State.PROPOSED, 1000, 1, None)
    assert "仓库搬家" in agreed.get("targets.show", **at).text
    assert [one.kind for one in rows(app, dress_shop, Offer)] == ["proposed", "revised"]
    signs(agreed, at)
    signs(boss, at)
    assert standing().state is State.AGREED


def test_late_in_the_window_only_words_may_change(app, dress_shop, target_id, agreed, at, standing):
    move_window(app, dress_shop, target_id, days_ago=35, length=44)
    agreed.post("targets.revise", form=revision(standing(), value="10"), expect=422, most=18, **at)
    agreed.post("targets.revise", form=revision(standing(), scope="仅包裹卡渠道（不含赠品单）"), most=18, **at)


def test_giving_up_takes_both_signatures(agreed, boss, at, standing):
    agreed.post("targets.give_up", form={"why": "停了包裹卡"}, most=18, **at)
    assert "提出取消" in boss.get("targets.show", **at).text
    signs(boss, at)
    assert standing().state is State.PROPOSED
    signs(agreed, at)
    assert standing().state is State.CANCELLED


def test_no_to_giving_up_is_an_answer_with_a_value(agreed, boss, at, standing):
    agreed.post("targets.give_up", form={"why": "停了包裹卡"}, most=18, **at)
    boss.post("targets.counter", form={"value": "12", "reason": "仓库只停一周"}, most=18, **at)
    assert (standing().state, standing().cancelling) == (State.COUNTERED, False)
    signs(agreed, at)
    signs(boss, at)
    assert standing().state is State.AGREED


def test_the_meeting_signs_all_with_one_proof(proposed, boss, at, standing):
    room = boss.get("targets.meeting", **HERE).text
    read = re.search(r'name="read"[^>]*value="([^"]+)"', room)[1]
    boss.post("targets.put_signatures", form={"read": read, "proof": "wrong"}, expect=422, most=16, **HERE)
    boss.post("targets.put_signatures", form={"read": read, "proof": "蓝鲸-three-horses"}, most=16, **HERE)
    assert standing().waits_for is Side.FIRM
    assert "当场签署" not in boss.get("targets.meeting", **HERE).text


def test_a_target_is_drafted_from_a_metric_and_changed_before_it_is_sent(app, dress_shop, consultant):
    consultant.get("targets.new", **HERE)
    page = consultant.get("targets.new", metric="parcel_to_wecom_rate", **HERE).text
    assert "一位操盘手的实践" in page
    assert "代运营公司口径" in page
    form = {
        "title": "扫码更顺",
        "scope": "仅包裹卡渠道",
        "value": "12%",
        "baseline": "4",
        "mode": "trailing_n_days",
        "trailing_days": "14",
        "actions": "改卡片\n\n抽奖",
        "assumptions": "预算 1.2 万",
        "once": "k1",
    }
    days = (
        ("first", "2026-04-18"),
        ("last", "2026-05-31"),
        ("before_first", "2026-03-18"),
        ("before_last", "2026-04-14"),
    )
    form |= dict(days) | {"after_first": "2026-05-04", "after_last": "2026-05-31"}
    where = {**HERE, "kind": "parcel_to_wecom_rate"}
    consultant.post("targets.create", form={**form, "value": "12.345"}, expect=422, **where)
    consultant.post("targets.create", form={**form, "after_first": "2026-04-01"}, expect=422, **where)
    consultant.post("targets.create", form=form, **where)
    consultant.post("targets.create", form=form, **where)
    (target,) = rows(app, dress_shop, Target)
    assert (target.value, target.baseline_value, target.actions) == (1200, 400, ["改卡片", "抽奖"])
    assert (target.suggested_value, target.alternative_value, target.first) == (1200, 1500, date(2026, 4, 18))

    at = {**HERE, "target_id": target.id}
    consultant.get("targets.edit", **at)
    consultant.post("targets.save", form={**form, "title": "改名", "version": "1"}, **at)
    stale = consultant.post("targets.save", form={**form, "title": "另一个", "version": "1"}, expect=409, **at)
    assert "另一个" in stale.text


def test_pages_ask_as_often_for_one_target_as_for_six(app, dress_shop, consultant, at):
    from siyu_saas.tenants.queries.engagements import engagement_numbered
    from tests.support.targets import make_target

    pages = ("targets.board", "targets.commitments", "targets.meeting")
    before = [len(consultant.get(page, **HERE).queries) for page in pages]
    with app.app_context(), writing(), tenant(dress_shop.id):
        for number in range(5):
            make_target(engagement_numbered(1).id, by=dress_shop.actor, title=f"目标 {number}")
        db.session.commit()
    assert [len(consultant.get(page, **HERE).queries) for page in pages] == before
    assert len(consultant.get("targets.show", **at).data) < 50_000


def test_the_stage_waits_for_one_signed_target(app, dress_shop, agreed):
    from siyu_saas.targets.kind import a_target_is_signed
    from siyu_saas.tenants.gates import Standing
    from siyu_saas.tenants.queries.engagements import engagement_numbered

    with app.app_context(), tenant(dress_shop.id):
        assert a_target_is_signed(Standing(engagement_numbered(1), frozenset())) is None
