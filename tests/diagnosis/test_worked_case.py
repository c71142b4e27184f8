"""The worked case of domain B6 and the three other merchants of H6, to the digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from siyu_saas.diagnosis.rules.advice import Advice
from siyu_saas.diagnosis.rules.findings import Severity, Source, first_page
from siyu_saas.diagnosis.rules.fit import level_of
from siyu_saas.packs.library import pack
from tests.diagnosis.cases import answers_of, assessed

FIRED = [1, 2, 3, 5, 6, 7, 22, 4, 8, 9, 10, 11, 13, 14, 23, 19, 20, 24]


def scores(advice: Advice) -> dict[str, int]:
    return {one.key: one.score for one in advice.candidates}


def excluded(advice: Advice) -> list[str]:
    return [one.key for one in advice.candidates if one.excluded]


@pytest.fixture(scope="module")
def seed():
    return assessed(answers_of("worked"))


def test_the_five_dimensions_and_the_team(seed):
    values = {key: score.value for key, score in seed.dimensions.items()}

    assert {key: values[key] for key in ("ren", "huo", "chang", "zi", "zhi", "team")} == {
        "ren": 25,
        "huo": 41,
        "chang": 39,
        "zi": 57,
        "zhi": 12,
        "team": 36,
    }
    assert seed.overall == 35
    advice = pack("base").recommenders
    assert level_of(advice.score_levels, seed.overall).title == "薄弱"
    assert level_of(advice.team_levels, values["team"]).title == "有人无分工"


def test_whether_it_fits(seed):
    fit = seed.fit

    assert fit.means == {"freq": 43, "inter": 90, "J1": 73, "J2": 85, "J3": 43, "mindset": 75, "fit_score": 74}
    assert (fit.quadrant.key, fit.passed, fit.verdict.title) == ("LF_HI", 2, "适合，优先投入")
    assert fit.cautions == []


def test_how_to_run_it(seed):
    assert scores(seed.model) == {"centralised_ip": 90, "distribution": 35, "guide": 0}
    assert excluded(seed.model) == ["guide"]
    assert (seed.model.main.key, seed.model.second) == ("centralised_ip", None)
    assert scores(seed.relation) == {"shopping_assistant": 92, "topic_expert": 45, "private_partner": 8}
    assert (seed.relation.main.key, seed.relation.second) == ("shopping_assistant", None)


def test_which_rules_fire_high_before_low(seed):
    assert [one.rule.key for one in seed.findings] == [f"F-{number:02}" for number in FIRED]
    assert {one.source for one in seed.findings} == {Source.ANSWERS}
    assert seed.derived["goal_gap_pct"] == 20


def test_a_finding_names_the_answers_that_fired_it(seed):
    evidence = {one.rule.key: [name for _, name in one.evidence] for one in seed.findings}

    assert evidence["F-01"] == ["CH01", "CH04", "CH05"]
    assert evidence["F-06"] == ["CH09", "REN03"]
    assert evidence["F-19"] == ["goal_gap_pct"]


def test_what_the_seed_contradicts_itself_in(seed):
    doubts = {one.key: one.sentence for one in seed.doubts}

    assert set(doubts) == {"goal_gap", "scope", "super_users"}
    assert "超出所购服务包" in doubts["scope"]
    assert "相差 20%" in doubts["goal_gap"]
    assert "差 6 倍" in doubts["super_users"]


def test_measured_figures_fire_rules_only_when_there_are_any(seed):
    measured = assessed(
        answers_of("worked"), kpis={"first_order_rate": Decimal("0.031"), "lurker_rate_7d": Decimal("0.71")}
    )

    new = [one for one in measured.findings if one.source is Source.KPI]
    assert [one.rule.key for one in new] == ["F-30", "F-32"]
    assert len(measured.findings) == len(seed.findings) + 2


def test_the_first_page_holds_six_at_most_and_tells_a_proposal_once(seed):
    rules = [one.rule for one in seed.findings]

    shown, rest = first_page(rules, key=lambda rule: rule.modules)

    assert len(shown) == 6
    assert {rule.severity for rule in shown} <= {Severity.HIGH, Severity.MID}
    assert len(rest) == len(rules) - 6


@pytest.mark.parametrize(
    ("merchant", "quadrant", "axes", "standards", "passed", "score", "verdict"),
    [
        ("soft", "LF_HI", (0, 76), (28, 80, 0), 1, 48, "小规模试跑"),
        ("baby", "HF_HI", (100, 96), (73, 70, 100), 3, 85, "适合，优先投入"),
        ("farm", "HF_LI", (89, 24), (43, 50, 89), 2, 54, "小规模试跑"),
    ],
)
def test_three_other_merchants_fit(merchant, quadrant, axes, standards, passed, score, verdict):
    fit = assessed(answers_of(merchant)).fit

    assert (fit.quadrant.key, (fit.means["freq"], fit.means["inter"])) == (quadrant, axes)
    assert (tuple(fit.means[key] for key in ("J1", "J2", "J3")), fit.passed) == (standards, passed)
    assert (fit.score, fit.verdict.title) == (score, verdict)


@pytest.mark.parametrize(
    ("merchant", "models", "out", "main", "relations", "pair"),
    [
        ("soft", (0, 65, 10), ["centralised_ip"], "guide", (30, 65, 86), ("private_partner", None)),
        ("baby", (47, 100, 35), [], "guide", (92, 100, 15), ("topic_expert", "shopping_assistant")),
        ("farm", (65, 0, 100), ["guide"], "distribution", (92, 10, 0), ("shopping_assistant", None)),
    ],
)
def test_three_other_merchants_are_run(merchant, models, out, main, relations, pair):
    result = assessed(answers_of(merchant))
    model, relation = scores(result.model), scores(result.relation)

    assert (model["centralised_ip"], model["guide"], model["distribution"]) == models
    assert excluded(result.model) == out
    assert (result.model.main.key, result.model.second) == (main, None)
    assert (relation["shopping_assistant"], relation["topic_expert"], relation["private_partner"]) == relations
    assert (result.relation.main.key, result.relation.second and result.relation.second.key) == pair


def test_few_orders_put_the_shop_first():
    few = assessed({**answers_of("worked"), "CH02": "299"})

    assert few.fit.cautions == ["先把店铺成交做起来"]
    assert "F-25" in [one.rule.key for one in few.findings]
