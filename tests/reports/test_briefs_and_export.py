"""The weekly brief from draft to the merchant, and everything of one merchant in a ZIP."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import Job, perform
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.rules.asking import Depth
from siyu_saas.diagnosis.rules.findings import Severity, Source
from siyu_saas.notices.models import Notice
from siyu_saas.notices.rules.kinds import Kind, Mode
from siyu_saas.reports.models import WeeklyBrief
from siyu_saas.reports.rules.brief import Brief, text_of, week_of
from siyu_saas.tenants.models import Engagement, StoredFile
from siyu_saas.tenants.rules import Role

HERE = {"tenant": "dress", "number": 1}


def rows(app, shop, model):
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def test_a_week_in_words_says_only_what_is_recorded():
    brief = Brief(
        "浅岚衣序",
        "2026-06-01",
        "2026-06-07",
        ("新群上线",),
        (),
        ("确认欢迎语（06-10 前）",),
        (("商家", 3), ("顾问", 0)),
        (),
    )
    assert text_of(brief) == (
        "【浅岚衣序】2026-06-01 至 2026-06-07 周报\n\n本周完成：\n1. 新群上线\n\n下周要做：\n（无）\n\n需要你们：\n"
        "1. 确认欢迎语（06-10 前）\n\n目标进展：\n（无）\n\n本周等待：\n1. 商家 3 个工作日"
    )
    assert week_of(date(2026, 6, 7)) == (date(2026, 6, 1), date(2026, 6, 7))


def test_the_brief_is_a_draft_until_it_is_sent(app, dress_shop, visit):
    team, boss = visit(dress_shop, Role.CONSULTANT), visit(dress_shop, Role.BOSS)
    team.post("reports.make_brief", most=20, **HERE)
    row = rows(app, dress_shop, WeeklyBrief)[0]
    boss.get("reports.brief", brief_id=row.id, expect=404, **HERE)
    form = {"text": "本周完成：群公告", "version": str(row.version)}
    team.post("reports.save_brief", brief_id=row.id, form={**form, "text": ""}, expect=422, **HERE)
    team.post("reports.save_brief", brief_id=row.id, form=form, **HERE)
    team.post("reports.send_week", brief_id=row.id, **HERE)
    team.post("reports.send_week", brief_id=row.id, expect=422, **HERE)

    assert "本周完成：群公告" in boss.get("reports.brief", brief_id=row.id, **HERE).text
    assert "已发给商家" in boss.get("reports.briefs", **HERE).text
    for job in rows(app, dress_shop, Job):
        perform(app, job.id)
    assert "这周的周报来了" in boss.get("notices.show").text
    team.post("reports.make_brief", most=20, **HERE)
    assert rows(app, dress_shop, WeeklyBrief)[0].text == "本周完成：群公告"


@pytest.mark.parametrize(("role", "notes"), [(Role.CONSULTANT, True), (Role.BOSS, False)])
def test_everything_of_one_merchant_and_nothing_of_another(app, dress_shop, tea_shop, visit, role, notes):
    for shop in (dress_shop, tea_shop):
        page = visit(shop, Role.CONSULTANT)
        page.post("workspace.add_note", tenant=shop.slug, form={"text": f"{shop.slug} 的内部备注"})
        page.post(
            "workspace.add",
            tenant=shop.slug,
            form={"file": (io.BytesIO(b"a,b\n=1+1,2\n"), f"{shop.slug}.csv"), "once": "k"},
        )
        page.post(
            "aftercare.ask_inquiry",
            tenant=shop.slug,
            number=1,
            form={"once": "q" * 32, "question": f"=1+1 {shop.slug}"},
        )
    asked = visit(dress_shop, role).post("reports.export", **HERE).location
    assert perform(app, next(job.id for job in rows(app, dress_shop, Job) if str(job.id) in asked))
    file = rows(app, dress_shop, StoredFile)[-1]
    content = visit(dress_shop, Role.CONSULTANT).get("workspace.download", tenant="dress", file_id=file.id).data

    archive = zipfile.ZipFile(io.BytesIO(content))
    manifest = json.loads(archive.read("manifest.json"))["files"]
    assert {one["name"] for one in manifest} == set(archive.namelist()) - {"manifest.json"}
    for one in manifest:
        assert hashlib.sha256(archive.read(one["name"])).hexdigest() == one["sha256"]
    assert "files/dress.csv" in archive.namelist()
    assert ("data/note.json" in archive.namelist()) is notes
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    assert not re.search(r"tea 的内部备注|tea\.csv|1 tea", everything)
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read("data.xlsx")))["inquiry"]
    assert any(cell.value == "=1+1 dress" and cell.data_type == "s" for row in sheet for cell in row)


def exported(app, shop, page) -> tuple[dict, StoredFile]:
    asked = page.post("reports.export", **HERE).location
    assert perform(app, next(job.id for job in rows(app, shop, Job) if str(job.id) in asked))
    file = rows(app, shop, StoredFile)[-1]
    archive = zipfile.ZipFile(io.BytesIO(page.get("workspace.download", tenant="dress", file_id=file.id).data))
    return {name: archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()}, file


def test_a_merchants_export_holds_no_draft_nothing_internal_and_nothing_hidden(app, dress_shop, visit):
    team, boss = visit(dress_shop, Role.CONSULTANT), visit(dress_shop, Role.BOSS)
    team.post("reports.make_brief", most=20, **HERE)
    brief = rows(app, dress_shop, WeeklyBrief)[0]
    form = {"text": "还没发的周报", "version": str(brief.version)}
    team.post("reports.save_brief", brief_id=brief.id, form=form, **HERE)
    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        lead = db.session.scalars(sa.select(User.id).where(User.email == dress_shop.email(Role.LEAD_CONSULTANT))).one()
        diagnosis = Diagnosis(
            engagement_id=engagement.id,
            number=1,
            title="诊断",
            pack="base",
            pack_version=1,
            depth=Depth.LIGHT,
            rules={},
            sent_by_name="顾问",
        )
        db.session.add(diagnosis)
        db.session.flush()
        for hidden in (now(), None):
            finding = Finding(
                diagnosis_id=diagnosis.id,
                severity=Severity.HIGH,
                source=Source.CONSULTANT,
                problem="不该看到的发现",
                hidden_at=hidden,
                hidden_reason="店主会生气",
            )
            db.session.add(finding)
        db.session.add(
            Notice(
                user_id=lead,
                kind=Kind.COMMENT,
                mode=Mode.NEVER,
                key="k",
                title="内部讨论的摘录",
                endpoint="overview.workspace",
            )
        )
        db.session.commit()

    content, file = exported(app, dress_shop, boss)
    everything = "".join(content.values())
    for words in ("还没发的周报", "不该看到的发现", "店主会生气", "内部讨论的摘录"):
        assert words not in everything
        assert words in "".join(exported(app, dress_shop, team)[0].values())

    boss.get("workspace.download", tenant="dress", file_id=file.id)
    for role in (Role.VIEWER, Role.COORDINATOR, Role.LEAD):
        other = visit(dress_shop, role)
        other.get("workspace.download", tenant="dress", file_id=file.id, expect=404)
        assert file.name not in other.get("workspace.files", tenant="dress").text
