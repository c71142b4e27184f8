"""每周填报: seven days on a phone, nothing typed is lost, an empty cell is not a zero."""

from __future__ import annotations

import re
from datetime import date, timedelta

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.models import DataImport, Observation
from siyu_saas.metrics.queries.observations import daily, notes
from siyu_saas.metrics.rules import locks
from siyu_saas.metrics.rules.locks import Lock
from siyu_saas.metrics.rules.week import cell_name, in_sight
from siyu_saas.tenants.rules import Role
from tests.metrics.conftest import HERE, upload

MONDAY = date(2026, 4, 6)


def week(page, cells: dict, *, expect: int = 302, once: str = "w", **more):
    form = {cell_name(key, MONDAY + timedelta(at)): text for (key, at), text in cells.items()}
    return page.post(
        "data.save_week",
        form={"monday": MONDAY.isoformat(), "once": once, **form, **more},
        expect=expect,
        most=20,
        **HERE,
    )


def stored(app, shop, engagement, key: str) -> list:
    with app.app_context(), tenant(shop.id):
        return list(daily(engagement, [key], MONDAY, MONDAY + timedelta(2))[key].values())


def test_a_week_is_typed_and_shown_again(app, visit, dress_shop, engagement):
    operator = visit(dress_shop, Role.USER_OPS)
    week(operator, {("group_new", 0): "12", ("group_new", 1): "0", ("group_gmv", 0): "1.2万", ("note", 0): "大促"})

    assert stored(app, dress_shop, engagement, "group_new") == [12, 0, None]
    assert stored(app, dress_shop, engagement, "group_gmv") == [1_200_000, None, None]
    with app.app_context(), tenant(dress_shop.id):
        assert notes(engagement, MONDAY, MONDAY) == {MONDAY: "大促"}
    text = operator.get("data.week", monday=MONDAY.isoformat(), **HERE).text
    assert 'name="group_new-0406" value="12"' in text
    assert 'name="group_gmv-0406" value="12000"' in text


def test_what_cannot_be_read_is_named_and_what_was_typed_stays(visit, app, dress_shop, engagement):
    operator = visit(dress_shop, Role.USER_OPS)

    answer = week(operator, {("group_new", 0): "十二", ("group_new", 1): "5"}, expect=422)

    assert "04-06 新增群人数：「十二」不是数字" in answer.text
    assert 'value="十二"' in answer.text
    assert 'value="5"' in answer.text
    assert stored(app, dress_shop, engagement, "group_new") == [None, None, None]


def test_only_what_changed_is_written_and_a_cleared_cell_is_unknown(app, visit, dress_shop, engagement):
    operator = visit(dress_shop, Role.USER_OPS)
    week(operator, {("group_new", 0): "12", ("group_new", 1): "5"})
    week(operator, {("group_new", 0): "", ("group_new", 1): "5", ("group_new", 2): ""}, once="again")

    assert stored(app, dress_shop, engagement, "group_new") == [None, 5, None]
    with app.app_context(), tenant(dress_shop.id):
        newest = db.session.scalar(sa.select(DataImport).order_by(DataImport.given_at.desc()))
        assert (newest.added, newest.replaced) == (0, 1)
        assert db.session.scalar(sa.select(sa.func.count(Observation.id))) == 2


def test_a_week_can_be_undone(app, visit, dress_shop, engagement):
    lead = visit(dress_shop, Role.LEAD)
    week(lead, {("group_new", 0): "12"})
    with app.app_context(), tenant(dress_shop.id):
        import_id = db.session.scalar(sa.select(DataImport.id))

    lead.post("data.undo", import_id=import_id, most=20, **HERE)

    assert stored(app, dress_shop, engagement, "group_new") == [None, None, None]


def test_a_locked_week_asks_why(visit, app, dress_shop, engagement, monkeypatch):
    monkeypatch.setattr(locks, "_LOCKERS", [lambda _id: [Lock(MONDAY, MONDAY, "基线窗口")]])
    operator = visit(dress_shop, Role.USER_OPS)

    week(operator, {("group_new", 0): "11", ("group_quit", 1): "1"})

    answer = week(operator, {("group_new", 0): "12"}, once="again", expect=422)
    assert "基线窗口（2026-04-06 至 2026-04-06）已经锁定，改这几天的数要写明原因" in answer.text
    assert 'value="12"' in answer.text
    week(operator, {("group_new", 0): "12"}, once="again", reason="更正")

    assert stored(app, dress_shop, engagement, "group_new")[0] == 12


def test_a_reader_does_not_type(visit, dress_shop):
    visit(dress_shop, Role.VIEWER).get("data.week", expect=403, **HERE)


def test_the_fields_that_were_counted_lately_come_first():
    first, rest = in_sight({"group_members", "refund"})

    assert first == ["group_members", "refund"]
    assert len(rest) == 18


def test_customers_are_shown_and_taken_along(visit, dress_shop, work):
    lead = visit(dress_shop, Role.LEAD)
    assert "还没有订单明细" in lead.get("data.customers_page", **HERE).text
    lines = "".join(f"2026-04-{day:02},=U{day % 4},{day * 10}\n" for day in range(1, 29))
    where = upload(lead, "order_date,customer_key,amount\n" + lines, "订单.csv")
    work()
    lead.post(f"{where}/confirmation", most=20)
    work()

    text = lead.get("data.customers_page", **HERE).text
    assert "4 位顾客" in text
    assert "固定线" in text
    csv = lead.get("data.export_customers", kind="csv", most=9, **HERE).data.decode("utf-8-sig").splitlines()
    assert len(csv) == 5
    assert "=U1" not in "".join(csv)
    assert lead.get("data.export_customers", kind="xlsx", most=9, **HERE).data.startswith(b"PK")
    lead.get("data.customers_page", asof="2026-04-28", interval="abc", **HERE)
    visit(dress_shop, Role.VIEWER).get("data.export_customers", kind="csv", expect=403, **HERE)
    kept_as_the_report_shows_them(lead)
    visit(dress_shop, Role.VIEWER).post("data.keep_customers", expect=403, **HERE)


def kept_as_the_report_shows_them(lead) -> None:
    page = lead.get("data.customers_page", asof="2026-04-28", interval="20", order="214.5", **HERE)
    typed = dict(re.findall(r'name="(kept-\w+)" type="hidden" value="([^"]*)"', page.text))
    assert (typed["kept-asof"], typed["kept-interval"], typed["kept-order"]) == ("2026-04-28", "20", "214.5")
    for _twice in range(2):
        lead.post("data.keep_customers", form=typed, **HERE)

    text = lead.get("data.customers_page", **HERE).text
    assert 'value="214.5"' in text
    assert "报告就按现在这样算" not in text
    (run,) = re.findall(
        r'href="([^"]+/runs/[^"]+)">顾客分层：截至 2026-04-28', lead.get("calculators.index", **HERE).text
    )
    assert "214.50 元" in lead.get(run).text
    for wrong in ({"kept-interval": "abc"}, {"kept-interval": "9" * 99}, {"kept-asof": "1999-01-01"}):
        lead.post("data.keep_customers", form={**typed, "kept-once": "2", **wrong}, **HERE)
    answer = lead.post(
        "data.keep_customers", form={**typed, "kept-once": "3", "kept-asof": "2024-01-01"}, expect=422, **HERE
    )
    assert "没有可以分层的顾客" in answer.text
    assert lead.get("calculators.index", **HERE).text.count("顾客分层：截至") == 1
