"""Order lines: no people in them, not twice unless wanted, and the file does not stay."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.queue.models import Job, JobState
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.tenancy import system
from siyu_saas.metrics.models import DataImport, OrderLine
from siyu_saas.metrics.rules.states import ImportState
from siyu_saas.tenants.models import StoredFile
from tests.metrics.conftest import DAY, import_now, shown, upload

ORDERS = (
    "订单号,订单状态,买家付款时间,收货人姓名,收货人手机号,详细地址,订单实付金额\n"
    "E1,交易完成,2026-04-06 10:00:00,张三丰,13812345678,杭州市西湖区,350.00\n"
    "E2,交易关闭,2026-04-06 10:00:00,李四,13900000000,上海,99.00\n"
    "E3,已发货,2026-04-20 10:00:00,张三丰,138 1234 5678,杭州市西湖区,120.50\n"
)


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


def test_the_upload_is_in_no_list_of_files(lead, work):
    upload(lead, ORDERS, "订单.csv")

    assert "订单.csv" not in lead.get("workspace.files", tenant="dress").text
