"""From a file to numbers and back, on both databases: preview, confirmation, one transaction, undo."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from openpyxl import load_workbook

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue.models import Job, JobState
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.models import DataImport, Observation, OrderLine, Replacement
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.rules import locks
from siyu_saas.metrics.rules.locks import Lock
from siyu_saas.metrics.rules.states import ImportState
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.metrics.conftest import HERE, shown, upload, workbook

DAY = date(2026, 4, 6)
SHEET = "date,group_new,group_gmv,note\n2026-04-06,12,362.84,停系统\n2026-04-07,0,,\n"
CORRECTED = "date,group_new,group_gmv\n2026-04-06,15,362.84\n2026-04-08,3,10\n"
ORDERS = (
    "订单号,订单状态,买家付款时间,收货人姓名,收货人手机号,详细地址,订单实付金额\n"
    "E1,交易完成,2026-04-06 10:00:00,张三丰,13812345678,杭州市西湖区,350.00\n"
    "E2,交易关闭,2026-04-06 10:00:00,李四,13900000000,上海,99.00\n"
    "E3,已发货,2026-04-20 10:00:00,张三丰,138 1234 5678,杭州市西湖区,120.50\n"
)


@pytest.fixture
def inside(app, dress_shop):
    def read(query):
        with app.app_context(), tenant(dress_shop.id):
            return db.session.execute(query).all()

    return read


def known(app, shop, engagement, *fields):
    with app.app_context(), tenant(shop.id):
        return daily(engagement, fields, DAY, DAY + timedelta(2))


def import_now(page, work, content, name="日报.csv", *, expect=302, **form):
    where = upload(page, content, name)
    work()
    page.post(f"{where}/confirmation", form=form, expect=expect, most=20)
    work()
    return where


def test_a_file_is_looked_at_before_anything_is_stored(app, lead, work, inside, dress_shop, engagement):
    where = upload(lead, SHEET)
    assert "排队" in shown(lead, where)

    work()

    text = shown(lead, where)
    assert "2 天" in text
    assert "4 个数" in text
    assert inside(sa.select(Observation.id)) == []


def test_confirmed_numbers_are_in_and_the_file_is_gone(app, lead, work, inside, dress_shop, engagement):
    where = import_now(lead, work, SHEET)

    assert known(app, dress_shop, engagement, "group_new", "group_gmv") == {
        "group_new": {DAY: 12, DAY + timedelta(1): 0, DAY + timedelta(2): None},
        "group_gmv": {DAY: 36284, DAY + timedelta(1): None, DAY + timedelta(2): None},
    }
    [file] = inside(sa.select(StoredFile.key, StoredFile.discarded_at))
    assert file.discarded_at is not None
    with app.app_context():
        assert not services().storage.exists(file.key)
    [row] = inside(sa.select(DataImport.sha256, DataImport.state))
    assert row == (hashlib.sha256(SHEET.encode()).hexdigest(), ImportState.DONE)
    assert "已导入" in shown(lead, where)
    assert "导入了数据「日报.csv」" in lead.get("overview.workspace", tenant="dress").text


def test_the_upload_is_in_no_list_of_files(lead, work):
    upload(lead, ORDERS, "订单.csv")

    assert "订单.csv" not in lead.get("workspace.files", tenant="dress").text


def test_a_corrected_file_replaces_and_undo_brings_the_old_numbers_back(
    app, lead, work, inside, dress_shop, engagement
):
    import_now(lead, work, SHEET)
    where = upload(lead, CORRECTED)
    work()
    assert "1 个数，涉及 1 天" in shown(lead, where)
    lead.post(f"{where}/confirmation", most=20)
    work()
    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 15
    assert len(inside(sa.select(Replacement.id))) == 1

    lead.post(f"{where}/reversal", most=20)

    assert known(app, dress_shop, engagement, "group_new")["group_new"] == {
        DAY: 12,
        DAY + timedelta(1): 0,
        DAY + timedelta(2): None,
    }
    assert "已撤销" in shown(lead, where)


def test_undoing_the_earlier_import_leaves_the_later_numbers(app, lead, work, dress_shop, engagement):
    first = import_now(lead, work, SHEET)
    second = import_now(lead, work, CORRECTED)

    lead.post(f"{first}/reversal", most=20)
    assert known(app, dress_shop, engagement, "group_new")["group_new"] == {
        DAY: 15,
        DAY + timedelta(1): None,
        DAY + timedelta(2): 3,
    }
    lead.post(f"{second}/reversal", most=20)
    assert set(known(app, dress_shop, engagement, "group_new")["group_new"].values()) == {None}


def test_after_a_day_an_import_stays(lead, visit, dress_shop, work):
    where = import_now(lead, work, SHEET)
    assert "撤销这次导入" in lead.get(where).text

    with time_machine.travel(now() + timedelta(hours=25)):
        later = visit(dress_shop, Role.LEAD)
        assert "撤销这次导入" not in later.get(where).text
        answer = later.post(f"{where}/reversal", expect=422, most=20)
    assert "已超过 24 小时" in answer.text


def test_problems_are_named_and_nothing_goes_in_unless_the_rows_are_skipped(
    app, lead, work, dress_shop, engagement, inside
):
    where = upload(lead, "date,group_new\n2026-04-06,-3\n31/02,4\n2026-04-07,5\n=cmd|' /C calc'!A0,6\n")
    work()
    text = shown(lead, where)
    assert "第 2 行 group_new 「-3」是负数" in text
    assert "第 3 行 date 「31/02」不是真实存在的日期" in text

    lead.post(f"{where}/confirmation", expect=422, most=20)
    assert inside(sa.select(Observation.id)) == []
    problems = lead.get(f"{where}/problems.csv").data.decode("utf-8-sig")
    assert "3,date,问题,「31/02」不是真实存在的日期" in problems
    lead.post(f"{where}/confirmation", form={"skip": "y"}, most=20)
    work()

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY + timedelta(1)] == 5
    assert len(inside(sa.select(Observation.id))) == 1


def test_orders_are_stored_without_people(app, lead, work, inside):
    where = import_now(lead, work, ORDERS, "订单.csv")

    rows = inside(sa.select(OrderLine.customer_key, OrderLine.order_date, OrderLine.amount_fen))
    assert sorted((day, fen) for _key, day, fen in rows) == [(DAY, 35000), (date(2026, 4, 20), 12050)]
    assert len({key for key, _day, _fen in rows}) == 1
    everything = inside(sa.select(DataImport.plan, DataImport.findings))
    for secret in ("13812345678", "张三丰", "西湖"):
        assert secret not in str(everything)
        assert secret not in lead.get(where).text


def test_the_same_orders_twice_have_to_be_wanted(lead, work, inside):
    import_now(lead, work, ORDERS, "订单.csv")
    where = upload(lead, ORDERS, "订单.csv")
    work()
    assert "一模一样" in shown(lead, where)

    lead.post(f"{where}/confirmation", expect=422, most=20)
    assert len(inside(sa.select(OrderLine.id))) == 2
    lead.post(f"{where}/confirmation", form={"again": "y"}, most=20)
    work()
    assert len(inside(sa.select(OrderLine.id))) == 4
    lead.post(f"{where}/reversal", most=20)
    assert len(inside(sa.select(OrderLine.id))) == 2


def test_gb18030_and_semicolons_are_read(app, lead, work, dress_shop, engagement):
    import_now(lead, work, "日期;新增群人数;备注\n2026年4月6日;1,200;大促\n".encode("gb18030"))

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 1200


def test_a_workbook_with_titles_merged_cells_and_two_header_rows(app, lead, work, dress_shop, engagement):
    book = workbook(
        [
            ["浅岚 日报", None, None],
            ["日期", "社群", None],
            [None, "新增群人数", "社群GMV"],
            [DAY, 12, "=300+62.84"],
            [DAY + timedelta(1), 5.0, 100.5],
        ],
        merged="B2:C2",
    )
    where = import_now(lead, work, book, "日报.xlsx")

    assert "Sheet1" not in shown(lead, where)
    found = known(app, dress_shop, engagement, "group_new", "group_gmv")
    assert found["group_new"][DAY] == 12
    assert found["group_gmv"] == {DAY: None, DAY + timedelta(1): 10050, DAY + timedelta(2): None}


def test_the_template_comes_back_filled(lead, work, inside):
    book = load_workbook(io.BytesIO(lead.get("data.template", kind="xlsx", **HERE).data))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(2, head.index("group_new") + 1, 7)
    sheet.cell(2, head.index("group_gmv") + 1, 12.5)
    target = io.BytesIO()
    book.save(target)

    import_now(lead, work, target.getvalue(), "模板.xlsx")

    week_ago = today() - timedelta(7)
    rows = inside(sa.select(Observation.field, Observation.day, Observation.value).order_by(Observation.field))
    assert rows == [("group_gmv", week_ago, 1250), ("group_new", week_ago, 7)]


def test_columns_can_be_chosen_and_are_remembered(app, lead, work, dress_shop, engagement):
    strange = "日子,进群,胡同\n2026-04-06,9,x\n"
    where = upload(lead, strange)
    work()
    assert "缺少必要的列" in shown(lead, where)
    form = {"preset": "daily", "roles-0": "date", "roles-1": "group_new", "roles-2": ""}
    lead.post(f"{where}/columns", form=form, most=20)
    work()
    lead.post(f"{where}/confirmation", most=20)
    work()
    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 9

    again = upload(lead, strange.replace(",9,", ",11,"))
    work()

    assert "缺少必要的列" not in shown(lead, again)
    assert "1 个数，涉及 1 天" in shown(lead, again)


def test_a_pasted_table_is_an_import_too(app, lead, work, dress_shop, engagement):
    answer = lead.post("data.add_paste", form={"text": "日期\t新增群人数\n4月6日\t1.2万", "once": "p"}, most=20, **HERE)
    work()
    lead.post(f"{answer.location}/confirmation", most=20)
    work()

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 12_000


def test_a_locked_window_asks_why(app, lead, work, dress_shop, engagement, inside, monkeypatch):
    monkeypatch.setattr(locks, "_LOCKERS", [lambda _id: [Lock(DAY, DAY, "基线窗口")]])
    where = upload(lead, SHEET)
    work()

    assert "请写明修改原因" in lead.post(f"{where}/confirmation", expect=422, most=20).text
    lead.post(f"{where}/confirmation", form={"reason": "后台口径更正"}, most=20)
    work()

    assert inside(sa.select(DataImport.reason)) == [("后台口径更正",)]
    assert "请写明撤销原因" in lead.post(f"{where}/reversal", expect=422, most=20).text


def test_the_same_form_twice_is_one_import(lead, work, inside):
    one, two = upload(lead, SHEET, once="k"), upload(lead, SHEET, once="k")

    assert one == two
    assert len(inside(sa.select(DataImport.id))) == 1


def test_confirming_twice_writes_once(app, lead, work, inside):
    where = upload(lead, SHEET)
    work()
    lead.post(f"{where}/confirmation", most=20)
    lead.post(f"{where}/confirmation", most=20)
    work()

    assert len(inside(sa.select(Job.id).where(Job.kind == "metrics.write"))) == 1


def test_a_job_that_runs_again_changes_nothing(app, lead, work, inside):
    import_now(lead, work, ORDERS, "订单.csv")
    with app.app_context(), writing(), system("test"):
        job = db.session.scalar(sa.select(Job).where(Job.kind == "metrics.write"))
        job.state = JobState.QUEUED
        db.session.commit()

    assert perform(app, job.id)
    assert len(inside(sa.select(OrderLine.id))) == 2


def test_dropping_an_import_forgets_the_file(app, lead, work, inside):
    where = upload(lead, ORDERS, "订单.csv")
    work()
    lead.post(f"{where}/removal", most=20)
    work()

    [file] = inside(sa.select(StoredFile.key, StoredFile.discarded_at))
    assert file.discarded_at is not None
    assert inside(sa.select(DataImport.state)) == [(ImportState.DROPPED,)]


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"\x89PNG\r\n\x1a\n123", "a.csv", 422),
        (b"", "a.csv", 422),
        ("日期,新增".encode("utf-16"), "a.csv", 415),
        (b"PK\x03\x04broken", "a.xlsx", 422),
        (b"%PDF-1.7 x", "a.pdf", 422),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(lead, content, name, status):
    answer = lead.post(
        "data.add_import", form={"file": (io.BytesIO(content), name), "once": "x"}, expect=status, most=20, **HERE
    )
    assert "error-summary" in answer.text


def test_half_a_file_and_open_quotes_are_told(lead, work):
    where = upload(lead, 'date,group_new\n2026-04-06,"12\n' + "x" * 40_000)
    work()

    assert "没有成对" in shown(lead, where)
    assert "重新上传" in shown(lead, where)


def test_a_workbook_that_spreads_to_the_far_corner_is_refused(lead, work):
    where = upload(lead, far_cell("XFD1048576"), "bomb.xlsx")
    work()

    assert "太大或太散" in shown(lead, where)


def far_cell(place: str) -> bytes:
    source, target = io.BytesIO(workbook([["date", "group_new"], [DAY, 1]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'r="B2"', f'r="{place}"'.encode())
            new.writestr(entry.filename, content)
    return target.getvalue()


def test_a_page_of_200_columns_stays_usable(lead, work):
    names = ",".join(f"列{number}" for number in range(200))
    where = upload(lead, f"{names},date,group_new\n{'x,' * 200}2026-04-06,1\n")
    work()

    answer = lead.get(where)
    assert answer.text.count('name="roles-') == 62
    assert len(answer.data) < 400_000


def test_two_imports_at_once_both_go_in(app, lead, work, dress_shop, engagement):
    first, second = upload(lead, SHEET), upload(lead, CORRECTED)
    work()
    lead.post(f"{first}/confirmation", most=20)
    lead.post(f"{second}/confirmation", most=20)
    at_the_same_time(app)
    work()

    found = known(app, dress_shop, engagement, "group_new")["group_new"]
    assert found[DAY] in (12, 15)
    assert found[DAY + timedelta(2)] == 3


def at_the_same_time(app) -> None:

    with app.app_context(), system("test"):
        ids = db.session.scalars(sa.select(Job.id).where(Job.kind == "metrics.write")).all()
    threads = [threading.Thread(target=perform, args=(app, job_id)) for job_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_merchant_never_sees_anothers_imports(lead, visit, work, tea_shop):
    where = upload(lead, SHEET)
    theirs = visit(tea_shop, Role.LEAD)

    theirs.get(where, expect=404)
    theirs.get(where.replace("/dress/", "/tea/"), expect=404)


def test_every_step_is_in_the_history(lead, work, inside):
    where = import_now(lead, work, SHEET)
    lead.post(f"{where}/reversal", most=20)

    verbs = [verb for (verb,) in inside(sa.select(AuditEvent.verb).where(AuditEvent.verb.like("data.%")))]
    assert sorted(verbs) == ["data.imported", "data.undone"]


def test_the_data_page_shows_gaps_as_gaps(lead, work):
    import_now(lead, work, CORRECTED)

    answer = lead.get("data.show", **HERE)
    assert "已知" in answer.text
    assert re.search(r'<rect x="0" width="1" height="10"/><rect x="2" width="1"', answer.text)
