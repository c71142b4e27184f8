"""The history: who sees which events, filters, and exports that spreadsheets do not calculate."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
import time_machine

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Tenant
from siyu_saas.tenants.rules import Role


def happened(app, shop, verb: str, label: str, *, who: str = "陈序", at: str = "2026-11-20T04:00:00Z", **changes):
    with app.app_context(), writing(), time_machine.travel(at, tick=False), tenant(shop.id):
        subject = db.session.get_one(Tenant, shop.id)
        audit.record(verb, subject, by=Actor(who, None, shop.firm_id, "10.1.2.3"), label=label, changes=changes)
        db.session.commit()


@pytest.fixture
def past(app, dress_shop, tea_shop):
    happened(app, dress_shop, "file.added", "销售数据.csv", who="周明远")
    happened(app, dress_shop, "member.changed", "小李", at="2026-11-21T15:59:00Z", role=("客服", "只读成员"))
    happened(app, dress_shop, "kickoff.fixed", "陪跑", at="2026-11-21T16:01:00Z")
    happened(app, dress_shop, "note.written", "内部备注")
    happened(app, tea_shop, "file.added", "茶的秘密.csv")


@pytest.fixture
def owner(visit, dress_shop, past):
    return visit(dress_shop, Role.FIRM_OWNER)


def test_the_boss_sees_what_concerns_them_without_notes_and_addresses(visit, dress_shop, past):
    text = visit(dress_shop, Role.BOSS).get("history.of_workspace", tenant="dress").text
    assert "销售数据.csv" in text
    assert "客服 → 只读成员" in text
    assert "备注" not in text.replace("评论与备注", "")
    assert "10.1.2.3" not in text
    assert "茶的秘密" not in text


def test_the_team_sees_all_of_it(visit, dress_shop, past):
    text = visit(dress_shop, Role.CONSULTANT).get("history.of_workspace", tenant="dress").text
    assert "写了一条内部备注" in text
    assert "10.1.2.3" in text


def test_the_owner_sees_all_merchants_and_the_firm_and_nobody_elses(owner, visit, tea_shop):
    text = owner.get("/firm/history").text
    assert "dress 商家" in text
    assert "茶的秘密" not in text
    theirs = visit(tea_shop, Role.FIRM_OWNER)
    theirs.post("firm.invite_colleague", form={"role": "consultant", "seats": "1", "for_whom": "乙家的人"})
    assert "乙家的人" in theirs.get("/firm/history").text
    assert "乙家的人" not in owner.get("/firm/history").text


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("who=周明", "销售数据", "陪跑"),
        ("who=%25", "没有符合的记录", "销售数据"),
        ("what=files", "销售数据", "小李"),
        ("what=people", "小李", "销售数据"),
        ("what=engagement", "陪跑", "销售数据"),
        ("first=2026-11-22&last=2026-11-22", "陪跑", "小李"),
        ("last=2026-11-21&first=2026-11-21", "小李", "陪跑"),
    ],
)
def test_filters_say_who_what_and_when(owner, query, seen, unseen):
    for where in ("/t/dress/history", "/firm/history"):
        text = owner.get(f"{where}?{query}").text
        assert seen in text, where
        assert unseen not in text, where


@pytest.mark.parametrize("query", ["first=yesterday", "what=nonsense", "who=" + "x" * 61])
def test_odd_filters_say_so(owner, query):
    owner.get(f"/firm/history?{query}", expect=422)
    owner.post("/firm/history/exports", form={"kind": "csv", "first": "x"}, expect=422)
    owner.post("/firm/history/exports", form={"kind": "exe"}, expect=422)


def test_the_owner_exports_what_was_filtered_and_that_is_an_event_too(app, owner, dress_shop):
    happened(app, dress_shop, "file.added", "x", who="=HYPERLINK(1)")
    answer = owner.post("/firm/history/exports", form={"kind": "csv", "who": "HYPER"}, expect=200)
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows[1][1:5] == ["dress 商家", "'=HYPERLINK(1)", "10.1.2.3", "上传了「x」"]
    assert len(rows) == 2
    assert "导出了操作记录（1 条）" in owner.get("/firm/history").text

    answer = owner.post("history.export_workspace", tenant="dress", form={"kind": "xlsx"}, expect=200)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet.cell(1, 1).value == "时间"
    assert sheet.max_row >= 6
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_export_that_leaves_rows_out_says_so(owner, dress_shop, past, monkeypatch):
    monkeypatch.setattr("siyu_saas.overview.history.MOST_EXPORTED", 2)
    assert "一次最多导出最近的 2 条" in owner.get("/firm/history").text
    answer = owner.post("/firm/history/exports", form={"kind": "csv"}, expect=200)
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    assert rows[-1][0] == "只导出了最近的 2 条，更早的请按日期分段导出。"
    assert "导出了操作记录（2 条）" in owner.get("/firm/history").text


def test_only_the_owner_exports(visit, dress_shop, past):
    visit(dress_shop, Role.CONSULTANT).post(
        "history.export_workspace", tenant="dress", form={"kind": "csv"}, expect=403
    )
    visit(dress_shop, Role.LEAD_CONSULTANT).get("/firm/history", expect=403)
    visit(dress_shop, Role.VIEWER).get("history.of_workspace", tenant="dress", expect=403)


def test_a_long_history_has_pages_and_no_more_queries(app, owner, dress_shop):
    few = len(owner.get("/firm/history").queries)
    with app.app_context(), writing(), tenant(dress_shop.id):
        subject = db.session.get_one(Tenant, dress_shop.id)
        for number in range(120):
            audit.record("file.added", subject, by=dress_shop.actor, label=f"第{number}份")
        db.session.commit()
    answer = owner.get("/firm/history?page=2")
    assert len(answer.queries) == few <= 8
    assert "第 2 / 3 页" in answer.text
