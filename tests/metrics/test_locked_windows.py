"""A locked window asks why known numbers change, and only then."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.rules import locks
from siyu_saas.metrics.rules.locks import Lock
from tests.metrics.conftest import DAY, import_now, known, shown, upload

SHEET = "date,group_new,group_gmv,note\n2026-04-06,12,362.84,停系统\n2026-04-07,0,,\n"
CORRECTED = "date,group_new,group_gmv\n2026-04-06,15,362.84\n2026-04-08,3,10\n"


@pytest.fixture(autouse=True)
def locked(monkeypatch):
    monkeypatch.setattr(locks, "_LOCKERS", [lambda _id: [Lock(DAY, DAY, "基线窗口")]])


def test_a_known_number_changes_only_with_a_reason(lead, work, inside):
    import_now(lead, work, SHEET)
    where = upload(lead, CORRECTED)
    work()

    assert "会改动已锁定窗口里的数：基线窗口" in shown(lead, where)
    assert "请写明修改原因" in lead.post(f"{where}/confirmation", expect=422, most=20).text
    lead.post(f"{where}/confirmation", form={"reason": "后台口径更正"}, most=20)
    work()

    assert [reason for (reason,) in inside(sa.select(DataImport.reason).order_by(DataImport.id))] == [
        "",
        "后台口径更正",
    ]
    assert "后台口径更正" in shown(lead, where)
    assert "请写明撤销原因" in lead.post(f"{where}/reversal", expect=422, most=20).text
    lead.post(f"{where}/reversal", form={"reason": "更正有误"}, most=20)
    assert "修改原因 后台口径更正" in shown(lead, where)
    assert "原因：更正有误" in shown(lead, where)


def test_new_days_and_new_columns_go_in_without_one(app, lead, work, dress_shop, engagement):
    import_now(lead, work, "date,group_new\n2026-04-06,12\n")
    import_now(lead, work, "date,group_new,group_quit\n2026-04-06,12,3\n2026-04-07,5,1\n")

    assert known(app, dress_shop, engagement, "group_quit")["group_quit"][DAY] == 3


def test_what_was_known_to_be_unknown_is_filled_in_without_one(app, lead, work, dress_shop, engagement):
    import_now(lead, work, "date,group_new,group_quit\n2026-04-06,—,2\n")
    import_now(lead, work, "date,group_new\n2026-04-06,12\n")

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 12


def test_numbers_that_came_in_meanwhile_are_not_overwritten_unexplained(app, lead, work, dress_shop, engagement):
    first, second = upload(lead, SHEET), upload(lead, CORRECTED)
    work()
    lead.post(f"{first}/confirmation", most=20)
    lead.post(f"{second}/confirmation", most=20)
    work()

    assert "检查之后又有别的数进来" in shown(lead, second)
    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 12
    lead.post(f"{second}/confirmation", form={"reason": "以第二份为准"}, most=20)
    work()
    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 15
