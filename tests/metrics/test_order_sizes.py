"""The middle and the largest of single orders: from the database, in the report and in its workbook."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from siyu_saas.core.audit import Actor
from siyu_saas.core.bulk import insert_rows
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.models import OrderLine
from siyu_saas.metrics.queries.orders import sizes_within
from siyu_saas.metrics.rules.orders import NO_ORDERS, Sizes
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.reports.models import Report
from siyu_saas.tenants.rules import Role
from tests.support.demo_counts import fill_demo_counts

from .test_comparison_page import WINDOWS

HERE = {"tenant": "dress", "number": 1}
BEFORE = Window(date(2026, 3, 18), date(2026, 4, 14))
AFTER = Window(date(2026, 5, 4), date(2026, 5, 31))
NEITHER = Window(date(2025, 1, 1), date(2025, 1, 31))
ORDERS = [(BEFORE.first, 10_000), (BEFORE.last, 30_000), (date(2026, 4, 20), 1), (AFTER.first, 9_999_900)]
ORDERS += [(AFTER.last, fen) for fen in (12_000, 14_001, 14_000)]


@pytest.fixture
def sold(app, dress_shop):
    """Seven orders: two before, four after, one between."""
    engagement_id = fill_demo_counts(app, dress_shop)
    with app.app_context(), writing(), tenant(dress_shop.id):
        by = Actor("店长", new_id())
        counts = {("group_new", BEFORE.first): 59}
        source = enter_counts(counts, engagement_id=engagement_id, title="x", form_key=None, by=by)
        rows = [(bytes(16), day, fen) for day, fen in ORDERS]
        same = {"engagement_id": engagement_id, "import_id": source.id}
        insert_rows(OrderLine, ("customer_key", "order_date", "amount_fen"), rows, same=same)
        db.session.commit()
    return engagement_id


def test_each_window_has_its_own_middle_and_largest(app, dress_shop, sold):
    with app.app_context(), tenant(dress_shop.id):
        before, after, neither = sizes_within(sold, BEFORE, AFTER, NEITHER)

    assert before == Sizes(2, Fraction(20_000), 30_000)
    assert after == Sizes(4, Fraction(28_001, 2), 9_999_900)
    assert neither is None


def test_without_orders_it_is_said(app, dress_shop, visit):
    fill_demo_counts(app, dress_shop)
    assert NO_ORDERS in reported(app, dress_shop, visit)[0]


def test_report_and_workbook_tell_the_same(app, dress_shop, sold, visit):
    page, cells = reported(app, dress_shop, visit)
    assert NO_ORDERS not in page
    for told in ("中位数", "200.00 元", "140.01 元", "最大单", "300.00 元", "99,999.00 元", "2 单", "4 单"):
        assert told in page
        assert told in cells


def reported(app, shop, visit) -> tuple[str, set[str]]:
    team = visit(shop, Role.CONSULTANT)
    team.post("comparison.agree", form=WINDOWS, **HERE)
    team.post("reports.make", most=40, **HERE)
    with app.app_context(), tenant(shop.id):
        report_id = db.session.query(Report.id).scalar()
    page = team.get("reports.show", report_id=report_id, **HERE).text
    book = openpyxl.load_workbook(io.BytesIO(team.get("reports.workbook", report_id=report_id, **HERE).data))
    return page, {str(cell.value) for sheet in book for row in sheet for cell in row}
