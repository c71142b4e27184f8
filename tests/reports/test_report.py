"""The report as one story on both databases: gaps, draft, words, sent, signed, revised, printed, shared. Figures of H4."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import Job, JobState, perform
from siyu_saas.core.tenancy import tenant
from siyu_saas.papers.links import MOST_OPEN
from siyu_saas.papers.models import Paper, PublicLink
from siyu_saas.reports.models import Report
from siyu_saas.reports.printing import report_pdf
from siyu_saas.reports.queries import report_with
from siyu_saas.reports.rules.shape import SECTIONS
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role, Stage
from tests.support.demo_counts import fill_demo_counts
from tests.support.merchants import PASSWORD
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}
WINDOWS = {
    "before_first": "2026-03-18",
    "before_last": "2026-04-14",
    "after_first": "2026-05-04",
    "after_last": "2026-05-31",
    "measures": ["group_new", "group_active_rate", "group_buyers", "aov_buyer", "group_gmv", "silent_gmv"],
    "headline": ["group_new", "group_active_rate", "group_buyers", "aov_buyer"],
    "version": "0",
}
FIGURES = (
    "1,500 人次",
    "2,010 人次",
    "+34.0%",
    "+24.1% 至 +44.7%",
    "+45.0%（+9.0 百分点）",
    "+22.0%",
    "在波动范围内，不能断定",
    "150.00 元",
    "214.50 元",
    "+43.0%",
    "7,500.00 元",
    "13,084.50 元",
    "+40.0%",
)


@pytest.fixture
def team(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def compared(app, dress_shop, team) -> Page:
    """The demo merchant's counts, windows agreed, baseline frozen."""
    fill_demo_counts(app, dress_shop)
    team.post("comparison.agree", form=WINDOWS, **HERE)
    team.post("baselines.freeze", form={"first": "2026-03-18", "last": "2026-04-14"}, **HERE)
    return team


def rows(app, shop, model):
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def made(app, shop, page: Page) -> Report:
    page.post("reports.make", most=40, **HERE)
    return rows(app, shop, Report)[-1]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def signs(page: Page, report: Report):
    shown = page.get("reports.show", report_id=report.id, most=12, **HERE).text
    form = {"sha256": re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', shown)[1], "proof": PASSWORD}
    page.post("reports.put_signature", report_id=report.id, form=form, most=16, **HERE)


def test_an_empty_engagement_says_what_is_missing_and_makes_up_nothing(app, dress_shop, team):
    gaps = plain(team.get("reports.gaps", most=20, **HERE).text)
    assert "还没有约定对比窗口和指标" in gaps
    assert "没有双方签署的目标" in gaps
    report = made(app, dress_shop, team)

    page = plain(team.get("reports.show", report_id=report.id, most=12, **HERE).text)
    for key, title in SECTIONS.items():
        assert key == "cover" or title in page
    assert page.count("未采集") >= 9
    assert "%" not in page.split("一页纸")[1].split("口径与数据说明")[0]


def test_the_demo_merchants_figures_are_the_same_on_page_and_paper(app, dress_shop, compared):
    report = made(app, dress_shop, compared)
    page = plain(compared.get("reports.show", report_id=report.id, most=12, **HERE).text)
    compared.post("reports.print_report", report_id=report.id, most=16, **HERE)
    text = printed_text(app, dress_shop, compared)
    table = workbook_text(compared, report)

    for figure in FIGURES:
        assert figure in page, figure
        assert figure.replace(" ", "") in text, figure
        assert figure in table, figure
    assert "1,500 人次" in page.split("一页纸")[1].split("商家概况")[0]
    assert "服务带来" not in page.replace("不等于由服务带来", "")


def workbook_text(page: Page, report: Report) -> str:
    content = page.get("reports.workbook", report_id=report.id, **HERE).data
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


def test_each_figure_leads_to_where_it_comes_from(app, dress_shop, compared):
    report = made(app, dress_shop, compared)
    page = compared.get("reports.show", report_id=report.id, most=12, **HERE).text

    note = re.search(r'新增群人数<a class="report-note num" href="#(note-\d+)"', page)[1]
    source = re.search(rf'<li id="{note}">(.*?)</li>', page)[1]
    assert "/comparison" in source
    assert "group_new · 2026-03-18 至 2026-04-14 对 2026-05-04 至 2026-05-31 · 基线第 1 版" in plain(source)


def test_the_merchant_comments_on_a_section_and_is_answered(app, dress_shop, compared, boss):
    report = made(app, dress_shop, compared)
    section = {"kind": "report-compare", "subject_id": report.id}
    boss.get("talk.show", expect=404, **section, **HERE)
    compared.post("reports.send", report_id=report.id, most=20, **HERE)
    said = boss.post("talk.add", form={"text": "转化人数为什么没涨？", "once": "c" * 32}, most=20, **section, **HERE)
    assert said.location.endswith("#compare")

    at_the_end(app, dress_shop)
    assert "商家对报告有意见，等我们答复 0 天" in compared.get("/", most=12).text
    home = compared.get("overview.engagement", most=13, **HERE).text
    assert "答复商家对报告的意见：服务前后对比" in home
    asked = compared.get("reports.show", report_id=report.id, most=12, **HERE).text
    assert "转化人数为什么没涨？" in asked.split('id="compare"')[1].split('id="funnel"')[0]
    assert "1 节的意见还没有答复" in asked
    form = {"text": "先内部看下", "once": "d" * 32, "audience": "team"}
    compared.post("talk.add", form=form, most=20, **section, **HERE)
    assert "1 节的意见还没有答复" in compared.get("reports.show", report_id=report.id, most=12, **HERE).text
    form = {"text": "样本 50 与 61，在波动范围内。", "once": "e" * 32, "audience": "everybody"}
    compared.post("talk.add", form=form, most=20, **section, **HERE)

    assert "商家对报告有意见" not in compared.get("/", most=12).text
    assert "答复商家对报告的意见" not in compared.get("overview.engagement", most=13, **HERE).text
    answered = boss.get("reports.show", report_id=report.id, most=12, **HERE).text
    assert "样本 50 与 61" in answered
    assert "先内部看下" not in answered
    assert "还没有答复" not in answered


def at_the_end(app, shop) -> None:
    """In the last stage, a week before its end."""
    with app.app_context(), writing(), tenant(shop.id):
        period = db.session.scalars(sa.select(Engagement)).one()
        period.stage, period.ends_on = Stage.CLOSE, today() + timedelta(days=7)
        db.session.commit()


def printed_text(app, shop, page: Page) -> str:
    job = next(row for row in rows(app, shop, Job) if row.kind == "papers.print" and row.state == JobState.QUEUED)
    assert perform(app, job.id)
    paper = rows(app, shop, Paper)[-1]
    content = page.get("papers.download", paper_id=paper.id, **HERE).data
    found = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", "", found)


def test_words_are_drafts_until_confirmed_and_agreed_sections_stay(app, dress_shop, compared, boss):
    report = made(app, dress_shop, compared)
    editor = compared.get("reports.words", report_id=report.id, **HERE).text
    assert "4 项指标变化明确" in editor or "项指标变化明确" in editor
    assert "项指标变化明确" not in plain(compared.get("reports.show", report_id=report.id, most=12, **HERE).text)
    form = {
        "version": str(report.version),
        "onepage_text": "加得快，买得多，群里还不够热。",
        "onepage_confirmed": "y",
        "compare_hidden": "y",
        "segments_hidden": "y",
    }
    compared.post("reports.save_words", report_id=report.id, form=form, **HERE)
    compared.post("reports.save_words", report_id=report.id, form=form, expect=409, **HERE)

    page = plain(compared.get("reports.show", report_id=report.id, most=12, **HERE).text)
    assert "加得快，买得多，群里还不够热。" in page
    assert "服务前后对比" in page
    assert "用户结构" not in page
    boss.get("reports.show", report_id=report.id, expect=404, **HERE)
    assert "还没有报告" in boss.get("reports.index", **HERE).text


def test_sent_signed_by_both_revised_with_a_difference(app, dress_shop, compared, boss):
    report = made(app, dress_shop, compared)
    compared.post("reports.send", report_id=report.id, most=20, **HERE)
    compared.post("reports.send", report_id=report.id, expect=422, most=20, **HERE)
    compared.post("reports.make", expect=422, most=40, **HERE)
    words = {"text": "第 5 节：转化人数的说法同意。", "once": "c" * 32}
    boss.post("talk.add", kind="report", subject_id=report.id, form=words, most=20, **HERE)
    assert "转化人数的说法同意" in compared.get("reports.show", report_id=report.id, most=12, **HERE).text
    signs(boss, report)
    signs(compared, report)
    final = plain(boss.get("reports.show", report_id=report.id, most=12, **HERE).text)
    assert "双方已签" in final
    assert "核验码" in final

    reason = {"reason": "补 4 月缺数注释"}
    boss.post("reports.ask_for_change", report_id=report.id, form={"reason": ""}, expect=422, most=20, **HERE)
    boss.post("reports.ask_for_change", report_id=report.id, form=reason, most=50, **HERE)

    second = max(rows(app, dress_shop, Report), key=lambda one: one.number)
    assert second.number == 2
    assert "差别" in compared.get("reports.changes", report_id=second.id, **HERE).text
    assert "已被新版替代" in boss.get("reports.show", report_id=report.id, most=12, **HERE).text


def test_a_link_shows_what_was_chosen_counts_and_ends(app, dress_shop, compared):
    report = made(app, dress_shop, compared)
    compared.get("reports.links", report_id=report.id, expect=404, **HERE)
    compared.post("reports.send", report_id=report.id, most=20, **HERE)
    compared.post("reports.share", report_id=report.id, form={"hidden": "appendix", "days": "30"}, **HERE)
    listed = compared.get("reports.links", report_id=report.id, **HERE).text
    token = re.search(r"/r/([\w-]{43})", listed)[1]
    assert "不给看：附录" in listed
    stranger = Page(app)

    shown = stranger.get(f"/r/{token}").text
    assert "+34.0%" in shown
    assert 'id="method"' in shown
    assert 'id="appendix"' not in shown
    (link,) = rows_of_links(app)
    assert link.opened == 1
    assert (link.expires_at - link.made_at).days == 30
    for _twice in range(2):
        compared.post("reports.revoke_link", link_id=link.id, **HERE)
    assert "收回" in stranger.get(f"/r/{token}", expect=410).text
    assert "已收回" in compared.get("reports.links", report_id=report.id, **HERE).text
    stranger.get("/r/" + "x" * 43, expect=404)
    verbs = [one.verb for one in rows(app, dress_shop, AuditEvent) if "shared" in one.verb]
    assert verbs == ["report.shared", "report.unshared"]


def test_few_links_open_at_a_time_and_only_known_sections_and_days_are_taken(app, dress_shop, compared):
    report = made(app, dress_shop, compared)
    compared.post("reports.send", report_id=report.id, most=20, **HERE)
    at = {"report_id": report.id, **HERE}
    for wrong in ({"hidden": "cover"}, {"days": "365"}, {"days": "abc"}):
        compared.post("reports.share", form={"days": "7", **wrong}, expect=422, **at)
    for _time in range(MOST_OPEN):
        compared.post("reports.share", form={"days": "7"}, **at)
    refused = compared.post("reports.share", form={"days": "7"}, expect=422, **at).text
    assert f"已有 {MOST_OPEN} 个链接还能打开" in refused


def rows_of_links(app) -> list[PublicLink]:
    with app.app_context():
        return list(db.session.scalars(sa.select(PublicLink)))


def test_the_command_line_prints_the_same_report(app, dress_shop, compared):
    report = made(app, dress_shop, compared)
    with app.app_context(), tenant(dress_shop.id):
        content = report_pdf(report_with(report.id, report.engagement_id))
    text = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "+34.0%" in text
    assert "未签署" in text
