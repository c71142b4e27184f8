"""Reports of service periods that have next to nothing: every one is gathered, shown and laid out for paper, and claims
no percentage that it cannot stand behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.papers.page import Imprint, sheet_of
from siyu_saas.reports.gather import gather
from siyu_saas.reports.kind import REPORT_PAPER
from siyu_saas.reports.models import Report
from siyu_saas.reports.printing import printable_data
from siyu_saas.reports.queries import report_with
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.reports.test_report import HERE, WINDOWS, made, plain

BEFORE, AFTER = date(2026, 3, 18), date(2026, 5, 4)
HALF = "group_new"


def counted(app, shop, *spans: tuple[date, int, int]) -> None:
    """`spans`: first day, how many days, people a day."""
    counts = {(HALF, first + timedelta(day)): people for first, days, people in spans for day in range(days)}
    with app.app_context(), writing(), tenant(shop.id):
        enter_counts(
            counts,
            engagement_id=engagement_numbered(1).id,
            title="手填",
            form_key="k",
            by=Actor("测试"),
            reason="补录",
        )
        db.session.commit()


@pytest.fixture
def team(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


@pytest.mark.parametrize(
    ("spans", "gap", "said"),
    [
        ([], "新增群人数没有基线", "无基线"),
        ([(AFTER, 28, 70)], "新增群人数没有基线", "无基线"),
        ([(BEFORE, 28, 50)], "新增群人数没有服务期数据", "服务期没有数据"),
        ([(BEFORE, 28, 0), (AFTER, 28, 70)], "没有双方签署的目标", "从 0 人次 到 1,960 人次（新增）"),
        ([(BEFORE, 20, 50), (AFTER, 28, 70)], "没有双方签署的目标", "基线有效日不足 80%"),
        ([(BEFORE, 28, 50), (AFTER, 28, 70)], "没有双方签署的目标", "+40.0%"),
    ],
    ids=["nothing", "no-baseline", "no-service", "from-zero", "thin", "one-measure"],
)
def test_one_measure_with_little_behind_it(app, dress_shop, team, spans, gap, said):
    team.post("comparison.agree", form={**WINDOWS, "measures": [HALF], "headline": [HALF]}, **HERE)
    if spans:
        counted(app, dress_shop, *spans)

    assert gap in plain(team.get("reports.gaps", most=24, **HERE).text)
    report = made(app, dress_shop, team)
    page = plain(team.get("reports.show", report_id=report.id, most=12, **HERE).text)
    assert said in page
    if said != "+40.0%":
        claims = page.split("服务前后对比", 1)[1].split("口径与数据说明")[0]
        assert "变化明确" not in claims.replace("0 项变化明确", "")
    assert said in laid_out(app, dress_shop, report)


def laid_out(app, shop, report: Report) -> str:
    """The page that goes to the printer, pictures and all."""
    with app.test_request_context(), tenant(shop.id):
        row = report_with(report.id, report.engagement_id)
        data, edition = printable_data(row)
        imprint = Imprint(row.title, edition, "0" * 12, "未签署", "https://x/verify", row.made_at, "私域同行")
        return sheet_of(REPORT_PAPER, data, imprint).html


def test_windows_that_overlap_are_refused_in_words(team):
    answer = team.post("comparison.agree", form={**WINDOWS, "after_first": "2026-04-10"}, expect=422, **HERE)
    assert "重叠" in answer.text


def test_a_period_without_anything_is_gathered_too(app, dress_shop):
    with app.test_request_context(), tenant(dress_shop.id):
        found = gather(engagement_numbered(1), merchant="商家", firm="机构", on=today())
    assert all(
        section.blocks or section.missing.startswith("未采集") or section.key == "appendix"
        for section in found.sections
    )
