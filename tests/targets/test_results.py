"""What the demo merchant's targets came to, domain H4, as the page tells it and as a consultant concludes it."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.actions.locks import ReasonMissing
from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.states import Mode, State
from tests.support.demo_counts import fill_demo_counts
from tests.support.targets import make_target

from .conftest import HERE

NOTHING = {"baseline_value": None, "baseline_first": None, "baseline_last": None, "baseline_days": 0}
NO_BAND = {"band_low": None, "band_high": None, "benchmarks": [], "alternative_value": None}
MAY = {"first": date(2026, 5, 1), "last": date(2026, 5, 31)}
T1B = {**NOTHING, "metric": "first_order_rate", "title": "首单转化率", "value": 1000, "mode": Mode.COHORT}
T2A = {
    **NOTHING,
    **NO_BAND,
    **MAY,
    "metric": "group_members",
    "title": "在群人数",
    "unit": Unit.PEOPLE,
    "value": 2000,
    "baseline_value": 0,
    "mode": Mode.END_VALUE,
}
T2B = {
    **NOTHING,
    **NO_BAND,
    **MAY,
    "metric": "group_gmv",
    "title": "社群 GMV",
    "unit": Unit.FEN,
    "value": 1_000_000,
    "mode": Mode.WINDOW_TOTAL,
}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def signed(app, dress_shop):
    """Targets that both sides signed, in the weeks of the demo merchant's data."""
    engagement_id = fill_demo_counts(app, dress_shop)

    def make(**changes) -> dict:
        with app.app_context(), writing(), tenant(dress_shop.id):
            target = make_target(engagement_id, by=dress_shop.actor, **changes)
            target.state, target.agreed_at = State.AGREED, now()
            db.session.commit()
            return {**HERE, "target_id": target.id}

    return make


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ("12.3 %", "达成度 103.8%", "10.3%，达成度 78.8%（并列展示）", "建议「已达成」")),
        (T1B, ("9.41 %", "达成度 94.1%", "建议「接近」")),
        (T2A, ("1,986 人", "达成度 99.3%", "建议「接近」")),
        (T2B, ("13,980.80 元", "达成度 139.8%", "建议「已达成」")),
    ],
)
def test_h4_what_the_targets_came_to(consultant, signed, changes, told):
    page = plain(consultant.get("targets.show", **signed(**changes)).text)
    for words in told:
        assert words in page, words


def test_a_consultant_confirms_and_another_result_needs_a_note(app, dress_shop, consultant, boss, signed):
    at = signed()
    boss.post("targets.conclude", form={"state": "achieved"}, expect=403, **at)
    consultant.post("targets.conclude", form={"state": "near"}, expect=422, **at)
    consultant.post("targets.conclude", form={"state": "achieved"}, **at)
    consultant.post("targets.conclude", form={"state": "achieved"}, expect=422, **at)
    page = plain(boss.get("targets.show", **at).text)
    assert "2,411 ÷ 19,600 = 12.30%，2026-05-18 至 2026-05-31，有效 14/14 天" in page
    assert "整个窗口 6,346 ÷ 61,600 = 10.30%" in page
    with app.app_context(), tenant(dress_shop.id):
        target = db.session.scalars(sa.select(Target)).one()
        assert (target.state, target.result_degree) == (State.ACHIEVED, 10376)


def test_before_the_end_nothing_is_concluded(consultant, signed):
    at = signed(last=date(2030, 1, 1))
    assert "窗口结束" in consultant.get("targets.show", **at).text
    consultant.post("targets.conclude", form={"state": "achieved"}, expect=422, **at)


def test_too_few_days_are_not_judged(consultant, signed):
    at = signed(**{**T2B, "first": date(2026, 5, 1), "last": date(2026, 6, 30)})
    assert "建议「数据不足，无法评估」" in plain(consultant.get("targets.show", **at).text)


def test_counts_of_a_signed_window_change_only_with_a_reason(app, dress_shop, signed):
    signed()
    with app.app_context(), writing(), tenant(dress_shop.id):
        target = db.session.scalars(sa.select(Target)).one()
        change = {("group_new", target.first): 1}
        with pytest.raises(ReasonMissing, match="包裹卡企微转化率"):
            enter_counts(change, engagement_id=target.engagement_id, title="改", form_key=None, by=dress_shop.actor)


def test_the_board_and_the_bosss_page_say_the_same(boss, signed):
    signed()
    board, page = (plain(boss.get(where, **HERE).text) for where in ("targets.board", "targets.commitments"))
    assert "12.3 %" in board
    assert "待下结论" in board
    assert "现在 12.3%" in page
    assert "12.3" in boss.get("targets.progress", **HERE).text
