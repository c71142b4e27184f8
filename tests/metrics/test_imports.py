"""From a file to numbers and back, on both databases: preview, confirmation, one transaction, undo."""

from __future__ import annotations

import hashlib
import io
import re
import threading
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from openpyxl import load_workbook

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.queue.models import Job
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import system
from siyu_saas.metrics.models import DataImport, Observation, Replacement
from siyu_saas.metrics.rules.states import ImportState
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from tests.metrics.conftest import DAY, HERE, import_now, known, shown, upload

SHEET = "date,group_new,group_gmv,note\n2026-04-06,12,362.84,停系统\n2026-04-07,0,,\n"
CORRECTED = "date,group_new,group_gmv\n2026-04-06,15,362.84\n2026-04-08,3,10\n"


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
