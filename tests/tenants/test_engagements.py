"""Stages with their conditions, pauses that shift what is left, archives that stay readable; preview and notes."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Engagement, Pause, StageEntry
from siyu_saas.tenants.rules import Role, Stage
from siyu_saas.tenants.rules.stages import ENTRY, EXIT

SEVENTH = "2026-11-07T02:00:00Z"
NINETEENTH = "2026-11-19T02:00:00Z"


@pytest.fixture
def consultant(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def only_our_gates(monkeypatch):
    """Whatever later rooms ask for is theirs to test."""
    for table in (ENTRY, EXIT):
        for stage, gates in table.items():
            monkeypatch.setitem(table, stage, [gate for gate in gates if gate.__module__ == "siyu_saas.tenants.gates"])


def engagement(app, shop) -> Engagement:
    with app.app_context(), tenant(shop.id):
        return db.session.scalars(sa.select(Engagement)).one()


def inside(number=1, slug="dress") -> dict:
    return {"tenant": slug, "number": number}


def test_a_stage_waits_for_its_conditions_and_says_which(app, consultant, dress_shop, only_our_gates):
    assert "确定一位全程对接人" in consultant.get("overview.workspace", tenant="dress").text
    refused = consultant.post("workspace.next_stage", **inside(), expect=422)
    assert "确定一位全程对接人" in refused.text

    consultant.post("workspace.coordinator", form={"name": "王芳"}, **inside())
    consultant.post("workspace.next_stage", **inside())

    assert engagement(app, dress_shop).stage is Stage.CO_CREATE
    with app.app_context(), tenant(dress_shop.id):
        assert [row.stage for row in db.session.scalars(sa.select(StageEntry).order_by(StageEntry.entered_at))] == [
            Stage.DIAGNOSE,
            Stage.CO_CREATE,
        ]


def test_a_pause_shifts_what_is_left_by_the_days_that_were_lost(app, visit, dress_shop):
    with time_machine.travel(SEVENTH, tick=True):
        visit(dress_shop, Role.CONSULTANT).post(
            "workspace.stop", form={"reason": "商家换仓", "side": "merchant"}, **inside()
        )
    before = engagement(app, dress_shop)
    assert before.paused_on == date(2026, 11, 7)
    with time_machine.travel(NINETEENTH, tick=True):
        page = visit(dress_shop, Role.CONSULTANT)
        assert "暂停" in page.get("overview.workspace", tenant="dress").text
        page.post("workspace.next_stage", expect=422, **inside())
        page.post("workspace.go_on", **inside())
        assert "商家换仓" in page.get("workspace.stages", **inside()).text

    after = engagement(app, dress_shop)
    assert (after.ends_on - before.ends_on).days == 12
    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalars(sa.select(Pause)).one().days == 12


def test_what_does_not_stand_still_can_not_go_on(consultant):
    consultant.post("workspace.go_on", expect=422, **inside())
    consultant.post("workspace.take_back", expect=422, **inside())


def test_an_archived_engagement_stays_readable_and_is_closed_to_changes(consultant, visit, dress_shop):
    consultant.post("workspace.file_away", **inside())
    assert "归档" in visit(dress_shop, Role.BOSS).get("overview.engagement", **inside()).text
    consultant.post("workspace.stop", form={"reason": "x", "side": "firm"}, expect=422, **inside())
    consultant.post("workspace.take_back", **inside())


def test_a_second_engagement_follows_and_the_first_stays(app, consultant):
    form = {"title": "第二期", "package": "pkg_c2p_9800", "starts_on": "2026-12-01", "once": "k"}
    consultant.post("workspace.begin", form=form, tenant="dress")
    again = consultant.post("workspace.begin", form=form, tenant="dress").location

    assert again.endswith("/e/2/")
    home = consultant.get("overview.workspace", tenant="dress").text
    assert "第二期" in home
    assert "服务期 1" in home


def test_kickoff_is_meant_in_shanghai(app, consultant, dress_shop):
    consultant.post("workspace.kickoff", form={"at": "2026-12-01T14:30", "place": "腾讯会议"}, **inside())
    assert engagement(app, dress_shop).kickoff_at.isoformat() == "2026-12-01T06:30:00+00:00"
    consultant.post("workspace.kickoff", form={"at": "明天"}, expect=422, **inside())


def test_the_preview_shows_what_the_boss_sees_and_changes_nothing(consultant):
    consultant.post("workspace.add_note", form={"text": "老板对投放很敏感"}, tenant="dress")
    assert "老板对投放很敏感" in consultant.get("overview.workspace", tenant="dress").text

    consultant.post("workspace.preview", tenant="dress")
    home = consultant.get("overview.workspace", tenant="dress").text
    assert "正在以店主身份查看" in home
    assert "老板对投放很敏感" not in home
    assert (
        "只能看不能改"
        in consultant.post(
            "workspace.make_invitation", form={"role": "viewer", "seats": "1"}, tenant="dress", expect=403
        ).text
    )

    consultant.post("workspace.end_preview", tenant="dress")
    assert "老板对投放很敏感" in consultant.get("overview.workspace", tenant="dress").text


def test_notes_never_reach_the_merchant(app, consultant, visit, dress_shop):
    consultant.post("workspace.add_note", form={"text": "利润只够两个月"}, tenant="dress")
    for role in (Role.BOSS, Role.LEAD, Role.VIEWER):
        for endpoint in ("overview.workspace", "workspace.people", "workspace.files"):
            text = visit(dress_shop, role).get(endpoint, tenant="dress").text
            assert "利润只够两个月" not in text
            assert "备注" not in text


def test_an_empty_or_too_long_note_says_so(consultant):
    consultant.post("workspace.add_note", form={"text": "  "}, tenant="dress")
    assert "请填写备注" in consultant.get("overview.workspace", tenant="dress").text
    consultant.post("workspace.add_note", form={"text": "长" * 2001}, tenant="dress")
    assert "最长 2000 个字" in consultant.get("overview.workspace", tenant="dress").text


def test_the_record_of_personal_data_is_filled_in_and_two_editors_never_overwrite_each_other(app, visit, dress_shop):
    from siyu_saas.tenants.actions.merchants import record_processing

    with app.app_context(), writing(), tenant(dress_shop.id):
        record_processing(by=dress_shop.actor)
        db.session.commit()
    page = visit(dress_shop, Role.CONSULTANT)
    fields = {
        "purpose": "目的",
        "term": "一年",
        "method": "方式",
        "categories": "种类",
        "measures": "措施",
        "duties": "义务",
        "retention_days": "90",
        "version": "1",
    }
    page.post("workspace.change_record", form=fields, tenant="dress")
    page.post("workspace.change_record", form={**fields, "purpose": "另一个目的"}, tenant="dress", expect=409)
    assert "<dd>目的</dd>" in visit(dress_shop, Role.BOSS).get("workspace.record", tenant="dress").text
