"""The demo as the domain's data set tells it: every figure of H4, and where the six merchants stand."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import SHANGHAI, now, today
from siyu_saas.core.database import db
from siyu_saas.core.queue.models import Job
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.demo.play import play
from siyu_saas.demo.printing import comparison_table
from siyu_saas.demo.queries import demo_firm, finished_merchant, merchants_of
from siyu_saas.diagnosis.models import Diagnosis
from siyu_saas.metrics.models import CalcRun, DataImport, Observation
from siyu_saas.packs.demo import daily_sheet, house, order_sheet
from siyu_saas.plan.models import Task
from siyu_saas.targets.models import Target
from siyu_saas.tenants.models import Engagement, Tenant
from siyu_saas.tenants.rules import Stage
from tests.support.demo_orders import ASOF, demo_customers
from tests.support.page import Page

pytestmark = pytest.mark.slow

SHEET = "6b59deec7a711c53bc6950c8492d61f13f189e7c0621939f2761879022915f89"
CHANGES = [
    ("新增群人数", "+34.0%", "+24.1% 至 +44.7%"),
    ("社群活跃度", "+45.0%", "+38.6% 至 +51.7%"),
    ("转化人数", "+22.0%", "-16.1% 至 +77.3%"),
    ("客单价", "+43.0%", "+21.9% 至 +67.8%"),
    ("社群 GMV", "+74.5%", "+30.3% 至 +133.6%"),
    ("静默成交", "+40.0%", "+5.6% 至 +85.7%"),
]
RESULTS = [
    ("parcel_to_wecom_rate", "achieved", 1230),
    ("first_order_rate", "near", 941),
    ("group_count", "achieved", 10),
    ("group_members", "near", 1986),
    ("group_gmv", "achieved", 1398080),
]
SEGMENTS = {
    "平均复购间隔": "20.0 天",
    "客单价": "214.50 元",
    "均分": "R 2.075、F 2.250、M 2.625",
    "一般发展": "11 人",
    "重要保持": "10 人",
    "一般挽留": "10 人",
    "重要挽留": "4 人",
    "重要价值": "4 人",
    "重要发展": "1 人",
    "潜客与新客层": "3 人",
    "一般老客层": "23 人",
    "忠诚老客层": "14 人",
}
STAGES = {
    "qlyx": Stage.CLOSE,
    "nanshan": Stage.GUIDE,
    "chuya": Stage.GUIDE,
    "babycare": Stage.GUIDE,
    "softdeco": Stage.CO_CREATE,
    "ecofarm": Stage.DIAGNOSE,
}


def test_the_sheet_is_that_of_the_domain():
    assert hashlib.sha256(daily_sheet().encode()).hexdigest() == SHEET


@pytest.fixture
def early_morning():
    """Before anybody in the story is at work, so that nothing of today's has happened by then."""
    with time_machine.travel(datetime.combine(today(), time(7, 30), SHANGHAI)):
        yield


def test_six_merchants_are_played_once(app, early_morning):
    with app.app_context():
        assert play()
    with app.app_context():
        assert not play()
        merchants = dict(db.session.execute(sa.select(Tenant.slug, Tenant.id)).all())
        assert merchants_of(demo_firm()) == sorted(merchants.values())
        lines = comparison_table()
        assert finished_merchant() == merchants["qlyx"]
    for line, told in zip(lines[1:], CHANGES, strict=False):
        assert all(part in line for part in told)
    for slug, stage in STAGES.items():
        with app.app_context(), tenant(merchants[slug]):
            assert db.session.scalar(sa.select(Engagement.stage)) is stage
    with app.app_context(), tenant(merchants["qlyx"]):
        the_finished_one_is_as_told()
    with app.app_context(), system("test"):
        assert db.session.scalar(sa.select(sa.func.max(AuditEvent.at))) <= now()
        assert db.session.scalar(sa.select(sa.func.max(Job.not_before)).where(Job.kind != "notices.mail")) <= now()
    owner = Page(app).sign_in("owner@demo.siyu.example", house()["password"])
    assert "删除全部演示数据" in owner.get("firm.profile").text
    owner.post("demo.remove", most=300)  # a delete for each table
    nothing_is_left(app)


def nothing_is_left(app) -> None:
    with app.app_context(), system("test"):
        rows = {
            table.name: db.session.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in db.metadata.sorted_tables
        }
    assert {name for name, count in rows.items() if count} <= {"seal", "paper_seal", "public_link", "sign_in_attempt"}


def the_finished_one_is_as_told() -> None:
    results = db.session.execute(sa.select(Target.metric, Target.state, Target.result_value).order_by(Target.position))
    assert [tuple(row) for row in results] == RESULTS
    late = db.session.execute(sa.select(Task.key).where(Task.done_on > Task.agreed_until).order_by(Task.key))
    assert late.scalars().all() == ["T13", "T24", "T36"]
    assert (
        db.session.scalar(sa.select(sa.func.count()).select_from(Observation).where(Observation.field == "group_new"))
        == 75
    )
    assert db.session.scalar(sa.select(Diagnosis.confirmed_at)) is not None
    undone = db.session.scalars(sa.select(DataImport.name).where(DataImport.state == "undone")).all()
    assert undone == ["复购试算样本.csv"]
    assert set(db.session.scalars(sa.select(DataImport.state))) == {"done", "undone"}
    kept = {run.calculator: dict(run.outputs) for run in db.session.scalars(sa.select(CalcRun))}
    assert kept["cadence"]["活动节奏"] == "每 15 天一场"
    assert kept["lottery"]["预算上限（95%）"] == "11,881.09 元"
    assert kept["rfm"].items() >= SEGMENTS.items()


def test_the_orders_are_those_of_the_domain():
    """Source: domain H5; the orders of one customer lie 20 days apart."""
    found: dict[str, list[tuple[date, int]]] = {}
    for day, customer, yuan in list(csv.reader(order_sheet("orders").splitlines()))[1:]:
        found.setdefault(customer, []).append((date.fromisoformat(day), int(yuan)))
    told = {f"demo-{i:02}": row for i, row in enumerate(demo_customers(), 1)}

    assert {
        customer: ((ASOF - max(lines)[0]).days, len(lines), sum(yuan for _day, yuan in lines))
        for customer, lines in found.items()
    } == told
