"""What the product must notice in the first seed (product §1a), in the rules and on the pages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison, enter_influence
from siyu_saas.metrics.rules.confounders import Kind
from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.bands import Benchmark, Strength
from siyu_saas.targets.rules.feasibility import (
    check_groups,
    check_parcels,
    check_rationale,
    check_turnover,
    states_middle,
)
from siyu_saas.targets.rules.states import Mode, State
from siyu_saas.targets.rules.suggestions import Rule
from siyu_saas.tenants.queries.engagements import engagement_numbered
from tests.support.demo_counts import fill_demo_counts
from tests.support.targets import make_target

from .conftest import HERE

PARCEL_BAND = Benchmark(1000, 2000, "代运营口径", "2022", strength=Strength.SEED)
FIRST_BAND = Benchmark(500, 1500, "代运营口径", "2022", strength=Strength.SEED)


def test_seed_a_twelve_is_not_the_middle_of_ten_to_twenty():
    assert check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.BAND_MIDPOINT).fires
    assert "15%" in check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.BAND_MIDPOINT).sentence
    assert not check_rationale(Unit.SHARE, 1000, FIRST_BAND, Rule.BAND_MIDPOINT).fires
    assert not check_rationale(Unit.SHARE, 1200, PARCEL_BAND, Rule.TOWARDS_THE_TOP).fires


def test_a_reason_that_claims_the_middle_is_recognised():
    assert states_middle("试跑目标均取中间值")
    assert not states_middle("社群中心负责人认可")


def test_seed_d_ten_thousand_friends_take_parcels_that_nobody_counted():
    found = check_parcels(goal=10_000, friends_before=0, rate=Decimal("0.12"), days=30, parcels_known=None)
    assert found.fires
    assert "83,334" in found.sentence
    assert "缺少发货量" in found.sentence
    today = check_parcels(goal=10_000, friends_before=0, rate=Decimal("0.04"), days=30, parcels_known=100_000)
    assert "250,000" in today.sentence
    assert today.fires


def test_seed_e_twenty_percent_of_ten_thousand_are_ten_groups_and_that_is_fine():
    found = check_groups(friends=10_000, share=Fraction(1, 5), groups=10, size=200)
    assert (found.kind, found.sentence) == ("ok", "10,000 人 × 20% = 2,000 人 = 10 个群 × 200 人")
    assert check_groups(friends=10_000, share=Fraction(1, 5), groups=8, size=200).fires
    assert check_groups(friends=10_000, share=Fraction(1, 5), groups=3, size=700).kind == "bad"


def test_seed_f_five_yuan_a_member_is_too_easy():
    found = check_turnover(gmv_fen=1_000_000, members=2000, buyer_value_fen=50_000)
    assert found.fires
    assert "人均 5 元" in found.sentence
    assert "太容易" in found.sentence
    assert not check_turnover(gmv_fen=1_000_000, members=2000, buyer_value_fen=10_000).fires
    assert "太难" in check_turnover(gmv_fen=100_000_000, members=2000, buyer_value_fen=35_000).sentence


NOTHING = {"baseline_value": None, "baseline_first": None, "baseline_last": None, "baseline_days": 0}
NO_BAND = {"band_low": None, "band_high": None, "benchmarks": [], "alternative_value": None}


def counted(metric: str, unit: Unit, value: int, **more) -> dict:
    return {**NOTHING, **NO_BAND, "metric": metric, "title": metric, "unit": unit, "value": value, **more}


CASE = {
    "a": {**NOTHING, "reason": "两个目标均取中间值"},
    "d": counted("wecom_total", Unit.PEOPLE, 10_000, mode=Mode.END_VALUE),
    "e": counted("group_members", Unit.PEOPLE, 2000, mode=Mode.END_VALUE),
    "groups": counted("group_count", Unit.GROUPS, 10, mode=Mode.END_VALUE),
    "price": counted("aov_buyer", Unit.FEN, 50_000, mode=Mode.WINDOW_TOTAL),
    "f": counted("group_gmv", Unit.FEN, 1_000_000, mode=Mode.WINDOW_TOTAL),
}
TOLD = {
    "a": ("要商量", "写的是取中点，但基准带 10%–20% 的中点是 15%，不是 12%"),
    "d": ("缺", "缺少发货量：按 12%，新增 10,000 人至少要发 83,334 件包裹"),
    "e": ("对得上", "10,000 人 × 20% = 2,000 人 = 10 个群 × 200 人"),
    "f": (
        "要商量",
        "10,000 元 ÷ 2,000 人 = 人均 5 元，客单 500 元 时只需 1.0% 的人买一次，低于公开的社群转化率，可能太容易",
    ),
}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def seed(app, dress_shop) -> dict:
    """The targets of the first seed, as they were drafted: no baseline, nobody asked how many parcels there are."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement_id = engagement_numbered(1).id
        made = {key: make_target(engagement_id, by=dress_shop.actor, **terms).id for key, terms in CASE.items()}
        db.session.commit()
        return made


def test_a_d_and_f_are_seen_on_the_page_and_e_is_green(consultant, seed):
    for key, (pill, sentence) in TOLD.items():
        page = plain(consultant.get("targets.show", target_id=seed[key], **HERE).text)
        assert f"{pill} {sentence}" in page, key


def test_c_the_seeds_formula_is_an_index_and_never_money(consultant):
    """社群 GMV = 人数 × 转化率 × 复购率 × 裂变率 counts people; the catalogue refuses it (metrics/test_catalogue)."""
    page = plain(consultant.get("calculators.show", kind="turnover", **HERE).text)

    assert "种子指数（示意，不是金额）" in page
    assert "1.2000 元" not in page


def test_g_a_signed_target_without_numbers_stands_first_and_says_so(app, dress_shop, consultant, seed):
    with app.app_context(), writing(), tenant(dress_shop.id):
        for target in db.session.scalars(sa.select(Target)):
            target.state, target.agreed_at = State.AGREED, now()
        db.session.commit()

    assert "建议「数据不足，无法评估」" in plain(consultant.get("targets.show", target_id=seed["a"], **HERE).text)


def test_h_the_month_before_another_regime_is_not_compared(app, dress_shop, consultant):
    """Formal operation began on 1 May; April's new members are of another regime, so +34 % is not printed."""
    engagement_id = fill_demo_counts(app, dress_shop)
    before, after = Window(date(2026, 4, 1), date(2026, 4, 30)), Window(date(2026, 5, 1), date(2026, 5, 30))
    with app.app_context(), writing(), tenant(dress_shop.id):
        agree_comparison(engagement_id, before, after, ["group_new"], ["group_new"], by=dress_shop.actor)
        enter_influence(engagement_id, Kind.REGIME, "正式开始社群运营", after.first, after.first, by=dress_shop.actor)
        db.session.commit()

    page = plain(consultant.get("comparison.show", **HERE).text)
    assert "正式开始社群运营（2026-05-01）之后口径或运营方式不同" in page
    assert "—（口径或运营方式不同，不可比）" in page
