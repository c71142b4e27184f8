"""Reading answers, showing and hiding, scoring, several people, contradictions: tables of cases and properties."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.diagnosis.rules.answers import BadAnswer, known, read_answer, read_row
from siyu_saas.diagnosis.rules.asking import Depth, Share, respondent_of, sections_for, standing_of, steps_of
from siyu_saas.diagnosis.rules.assessment import Asked, assess
from siyu_saas.diagnosis.rules.comparison import compared
from siyu_saas.diagnosis.rules.conditions import holds
from siyu_saas.diagnosis.rules.contradictions import contradictions, parcels_needed
from siyu_saas.diagnosis.rules.respondents import Voice, clarifications, one_answer
from siyu_saas.diagnosis.rules.scoring import Item, half_up, items_of, score
from siyu_saas.diagnosis.rules.team import Seat, seats_filled
from siyu_saas.diagnosis.rules.visibility import visible_questions
from siyu_saas.diagnosis.rules.wording import echo, said
from siyu_saas.packs.library import pack
from siyu_saas.tenants.rules import Role
from tests.diagnosis.cases import answers_of, assessed
from tests.diagnosis.small import (
    FILE,
    FRIENDS,
    GROUPS,
    MATRIX,
    MONEY,
    RANK,
    REASON,
    SCALE,
    SHARE,
    SMALL,
    SOURCES,
    STARTED,
    definitions,
    filled,
)

BOSS, OPS = UUID(int=1), UUID(int=2)
ADVICE = pack("base").recommenders


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        (FRIENDS, ["4274"], "4274"),
        (FRIENDS, ["4,274 人"], "4274"),
        (MONEY, ["52.7万"], "527000"),
        (MONEY, ["５２．７万元"], "527000"),
        (MONEY, ["￥1.2亿"], "120000000"),
        (MONEY, ["0"], "0"),
        (SHARE, ["12.50%"], "12.5"),
        (SHARE, ["12％"], "12"),
        (FRIENDS, ["", "u"], "u"),
        (FRIENDS, ["4274", "u"], "4274"),
        (FRIENDS, ["  "], None),
        (GROUPS, ["n/a"], "n/a"),
        (GROUPS, ["b"], "b"),
        (GROUPS, ["u"], "u"),
        (SOURCES, ["taobao", "douyin"], ["taobao", "douyin"]),
        (SOURCES, ["-"], []),
        (SOURCES, ["taobao", "-"], ["taobao"]),
        (SOURCES, [], None),
        (SCALE, ["3"], "3"),
        (RANK, ["2:price", "1:service", "3:brand"], ["service", "price", "brand"]),
        (RANK, ["brand", "service", "price"], ["brand", "service", "price"]),
        (REASON, ["u"], "u"),
        (REASON, [" 想把老客留住 "], "想把老客留住"),
        (STARTED, ["2026-04-01"], "2026-04-01"),
        (FILE, ["0 截图.png"], ["0 截图.png"]),
    ],
)
def test_what_is_typed_is_understood(question, typed, value):
    assert read_answer(question, typed) == value


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        (FRIENDS, ["很多"], "看不懂「很多」"),
        (FRIENDS, ["-1"], "不能小于 0"),
        (FRIENDS, ["1e9"], "看不懂"),
        (FRIENDS, ["9" * 41], "数字太长"),
        (FRIENDS, ["1.23456"], "最多保留 4 位小数"),
        (SHARE, ["101"], "应在 0 到 100 之间"),
        (GROUPS, ["z"], "选项已不在问卷里"),
        (GROUPS, ["a", "b"], "选项已不在问卷里"),
        (SCALE, ["n/a"], "不能选「不适用」"),
        (SCALE, ["6"], "请在 1–5 之间打分"),
        (SCALE, ["٣"], "请在 1–5 之间打分"),
        (SOURCES, ["taobao", "mars"], "选项已不在问卷里"),
        (RANK, ["1:price", "1:price", "2:brand"], "排一个不同的名次"),
        (REASON, ["字" * 10_000], "现在 10,000 个"),
        (STARTED, ["四月"], "看不懂这个日期"),
    ],
)
def test_what_is_no_answer_is_told_in_words(question, typed, words):
    with pytest.raises(BadAnswer, match=words):
        read_answer(question, typed)


def test_a_row_of_a_matrix_is_read_by_itself():
    assert read_row(MATRIX, "welcome", ["4"]) == "4"
    with pytest.raises(BadAnswer, match="这一行不在问卷里"):
        read_row(MATRIX, "nobody", ["4"])


def test_answers_are_read_back_as_people_say_them():
    assert said(FRIENDS, "4274") == "4,274 人"
    assert said(SOURCES, ["taobao", "douyin"]) == "淘宝/天猫、抖音"
    assert said(SOURCES, []) == "以上都没有"
    assert said(GROUPS, "u") == "不清楚"
    assert said(GROUPS, "n/a") == "不适用"
    assert said(MATRIX, {"welcome": "4", "tiers": "u"}) == "欢迎语 4 分；分层 不清楚"
    assert said(RANK, ["service", "price", "brand"]) == "服务 > 价格 > 品牌"
    assert said(REASON, None) == "未填写"
    assert echo(MONEY, "527000") == "527,000 元，即 52.7 万元"
    assert echo(FRIENDS, "4274") == "4,274 人"
    assert echo(FRIENDS, "u") is None


@pytest.mark.parametrize(
    ("condition", "answers", "true"),
    [
        ({"q": "x", "lt": 10}, {"x": Decimal(4)}, True),
        ({"q": "x", "lt": 10}, {}, False),
        ({"q": "x", "missing": True}, {}, True),
        ({"q": "x", "missing": True}, {"x": "a"}, False),
        ({"q": "x", "ne": "a"}, {}, False),
        ({"q": "x", "ne": "a"}, {"x": "b"}, True),
        ({"q": "x", "in": ["a", "u"]}, {"x": "u"}, True),
        ({"q": "x", "eq": 1}, {"x": Decimal("1.0")}, True),
        ({"q": "x", "gte": 0.05}, {"x": Decimal("0.05")}, True),
        ({"q": "x", "contains": "a"}, {"x": ["a", "b"]}, True),
        ({"q": "x", "contains_any": ["a", "c"]}, {"x": ["b"]}, False),
        ({"q": "x", "count_lt": 2}, {"x": []}, True),
        ({"q": "x", "count_lt": 2}, {}, False),
        ({"q": "x", "count_gte": 1}, {"x": ["a"]}, True),
        ({"q": "x", "gt": 1}, {"x": "text"}, False),
        ({"q": "x", "answered": True}, {"x": "u"}, True),
        ({"derived": "gap", "eq": True}, {"gap": True}, True),
        ({"derived": "gap", "eq": True}, {"gap": False}, False),
        (
            {"all": [{"q": "x", "eq": "a"}, {"any": [{"q": "y", "eq": "a"}, {"q": "y", "missing": True}]}]},
            {"x": "a"},
            True,
        ),
    ],
)
def test_conditions(condition, answers, true):
    assert holds(condition, lambda _kind, name: answers.get(name)) is true


def test_a_branch_hides_what_hangs_on_it_and_counts_as_not_answered():
    answers = {"GROUPS": "b", "FRIENDS": "500", "REASON": "x"}
    assert "FRIENDS" in visible_questions(SMALL, answers)
    assert "REASON" in visible_questions(SMALL, answers)

    hidden = visible_questions(SMALL, {**answers, "GROUPS": "a"})

    assert "FRIENDS" not in hidden
    assert "REASON" not in hidden, "it asks for FRIENDS, which is hidden although it was answered"
    assert "SCALE" not in hidden, "the whole section hangs on GROUPS"


def test_unknown_counts_as_nothing_and_does_not_apply_takes_the_weight_away():
    assert score(items_of(GROUPS, "c")).value == 100
    assert score([*items_of(GROUPS, "c"), *items_of(FRIENDS, "u")]).value == half_up(Decimal(200) / 3)
    assert score([*items_of(GROUPS, "n/a"), *items_of(FRIENDS, "5000")]).value == 60
    blank = score([*items_of(GROUPS, None), *items_of(FRIENDS, "5000")])
    assert (blank.value, blank.coverage, blank.missing) == (60, 33, 1)


@pytest.mark.parametrize(("number", "points"), [("0", 20), ("999.9", 20), ("1000", 40), ("4999", 40), ("5000", 60)])
def test_bands_begin_with_their_lower_end(number, points):
    assert score(items_of(FRIENDS, number)).value == points


def test_several_choices_never_add_up_to_more_than_full_marks():
    assert score(items_of(SOURCES, ["taobao", "douyin", "store"])).value == 100
    assert score(items_of(SOURCES, ["taobao"])).value == 40
    assert score(items_of(SOURCES, [])).value == 0


def test_each_row_of_a_matrix_counts_with_its_own_weight():
    assert score(items_of(MATRIX, {"welcome": "5", "tiers": "1"})).value == 67
    assert score(items_of(MATRIX, {"welcome": "5", "tiers": "n/a"})).value == 100


def test_more_than_three_in_ten_unknown_is_too_little_to_go_by():
    def thin(unknown: int) -> bool:
        return score([Item(1, 0, unknown=place < unknown) for place in range(10)]).is_thin(30)

    assert not thin(3)
    assert thin(4)


def test_halves_are_rounded_up():
    assert [half_up(Decimal(text)) for text in ("42.5", "72.5", "0.49", "11.5")] == [43, 73, 0, 12]


@given(filled(SMALL))
def test_scores_stay_between_nothing_and_full_marks(answers):
    for one in assess([whole(SMALL, answers)], [], ADVICE).dimensions.values():
        assert one.value is None or 0 <= one.value <= 100
        assert 0 <= one.coverage <= 100


@given(filled(SMALL), st.sampled_from([question.key for section in SMALL.sections for question in section.questions]))
def test_hiding_a_question_never_changes_the_score_of_the_others(answers, key):
    never = {"q": "nobody", "eq": "x"}
    without = replace_question(SMALL, key, show_if=never)
    shown = assess([whole(SMALL, answers)], [], ADVICE)
    hidden = assess([whole(without, answers)], [], ADVICE)
    still = set(hidden.answers)

    for dimension, questions in groups(without, still).items():
        alone = score(item for question in questions for item in items_of(question, answers.get(question.key)))
        assert hidden.dimensions[dimension].value == alone.value
    assert still <= set(shown.answers) - {key}
    assert all(hidden.answers[one] == shown.answers[one] for one in still)


@given(st.randoms())
def test_the_order_of_answers_and_rules_does_not_matter(random):
    answers = list(answers_of("worked").items())
    random.shuffle(answers)
    again, first = assessed(dict(answers)), assessed(answers_of("worked"))

    assert {key: one.value for key, one in again.dimensions.items()} == {
        key: one.value for key, one in first.dimensions.items()
    }
    assert [one.rule.key for one in again.findings] == [one.rule.key for one in first.findings]


@given(definitions().flatmap(lambda one: st.tuples(st.just(one), filled(one))))
def test_what_is_asked_depends_only_on_what_was_asked_before(pair):
    questionnaire, answers = pair
    shown = visible_questions(questionnaire, answers)

    assert list(shown) == [
        question.key for section in questionnaire.sections for question in section.questions if question.key in shown
    ]
    assert (
        visible_questions(questionnaire, {key: answers[key] for key in shown if key in answers}).keys() == shown.keys()
    )


def test_the_lead_decides_and_others_are_heard():
    boss, lead, ops = (
        Voice("老板", "boss", {"GROUPS": "a"}),
        Voice("操盘手", "lead", {"GROUPS": "c"}),
        Voice("运营", "ops", {"GROUPS": "b", "FRIENDS": "10"}),
    )
    assert one_answer(GROUPS, [boss, lead, ops])[1] is lead
    assert one_answer(GROUPS, [boss, ops])[1] is ops, "the question is meant for the operators"
    assert one_answer(FRIENDS, [boss, ops])[1] is ops
    assert one_answer(FRIENDS, [boss]) == (None, None)
    assert [one.question for one in clarifications([GROUPS, FRIENDS], [boss, lead, ops], apart=2)] == ["GROUPS"]
    assert clarifications([GROUPS], [boss, ops], apart=2) == []
    assert clarifications([GROUPS], [boss, replace(lead, answers={"GROUPS": "u"})], apart=2) == []


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"STR03": "10000", "STR04": "250000"}, "goal_gap", "相差 20%"),
        ({"STR04": "3000000", "HUO11": "400"}, "reach", "要 7,500 单，企微客户 4,274 人加上每月能新加的 1,680 人"),
        ({"MOD11": "u"}, "funnel", "还缺客单价"),
        ({"STR10": "pkg_c2p"}, "scope", "超出所购服务包"),
        ({"STR08": "60000"}, "super_users", "差 6 倍"),
        ({"CH04": None}, "funnel", "反推不出"),
        ({"CH03": ["mp"]}, "parcel_card", "没有选包裹卡"),
        ({"CH01": ["store"]}, "stores", "线下门店数填了 0"),
        ({"CH06": "a"}, "groups", "却填了 6 个"),
        ({"FIT12": "c", "STR11": "m1"}, "patience", "确认预期"),
        ({"STR14": "同业是 10%–20%，取中间值，目标 12%"}, "middle", "中间值是 15%，不是 12%"),
        ({"STR14": "社群新增 +34%，转化人数增长 22%"}, "growth", "统计口径和期间"),
        ({"STR14": "每月 1W+ 企微好友"}, "friends", "每月要发 250,000 个包裹卡，月均只有 42,000 单"),
    ],
)
def test_answers_that_do_not_go_together(changes, key, words):
    doubts = {one.key: one.sentence for one in assessed({**answers_of("worked"), **changes}).doubts}

    assert words in doubts[key]


@pytest.mark.parametrize(
    "text",
    ["同业 5%–15%，取中间值 10%", "首单率从 3.1% 提升 18%", "每月 1000 个好友", "想做到 300 万", "10%–20% 之间就行"],
)
def test_texts_that_hold_together_are_left_alone(text):
    keys = {one.key for one in assessed({**answers_of("worked"), "STR14": text}).doubts}

    assert keys == {"goal_gap", "scope", "super_users"}


def test_ten_thousand_friends_need_more_parcels_than_one_thinks():
    assert parcels_needed(10_000, Decimal(12)) == 83_334
    assert parcels_needed(10_000, Decimal(4)) == 250_000


def test_the_matrix_of_roles_is_counted_as_the_question_asks():
    seats = [
        Seat("lead", "甲", 100, has_duty=True),
        Seat("user_ops", "甲", 10, has_duty=True),
        Seat("content_ops", "乙", 60),
        Seat("mall_ops"),
        Seat("seed_member", "丙", 50, has_duty=True),
    ]
    assert seats_filled(seats) == 2
    assert contradictions({"TEAM01": Decimal(4)}.get, {}, seats=Decimal(2))[0].key == "seats"
    assert contradictions({"TEAM01": Decimal("2.5")}.get, {}, seats=Decimal(2)) == []


def test_sections_go_to_whom_they_were_given():
    shares = [Share("more", Role.CS, None), Share("base", None, OPS)]
    assert sections_for(SMALL, [], role=Role.BOSS, user_id=BOSS) == ["base", "more"]
    assert sections_for(SMALL, [], role=Role.CS, user_id=OPS) == []
    assert sections_for(SMALL, shares, role=Role.BOSS, user_id=BOSS) == []
    assert sections_for(SMALL, shares, role=Role.CS, user_id=BOSS) == ["more"]
    assert sections_for(SMALL, shares, role=Role.MALL_OPS, user_id=OPS) == ["base"]


def test_progress_counts_what_is_asked_and_goes_on_at_the_first_open_question():
    begun = standing_of(SMALL, ["base", "more"], {"GROUPS": "b", "FRIENDS": "u"}, Depth.STANDARD)
    assert (begun.done, begun.first_open) == (2, "base")
    assert "SOURCES" in begun.left
    assert "REASON" not in begun.left

    branch = standing_of(SMALL, ["base", "more"], {"GROUPS": "a"}, Depth.STANDARD)
    assert branch.total < begun.total
    light = standing_of(SMALL, ["base", "more"], {"GROUPS": "b"}, Depth.LIGHT)
    assert "SOURCES" not in light.left
    assert [one.key for one in steps_of(SMALL, ["base", "more"], {"GROUPS": "a"})] == ["base"]


def test_light_asks_less_of_the_whole_diagnosis():
    questionnaires = pack("base").questionnaires

    def required(key: str, depth: Depth) -> int:
        one = questionnaires[key]
        return len(standing_of(one, [section.key for section in one.sections], {}, depth).left)

    assert required("qn_rhczz", Depth.LIGHT) < required("qn_rhczz", Depth.STANDARD)
    assert required("qn_team", Depth.LIGHT) == required("qn_team", Depth.STANDARD)
    assert required("qn_model", Depth.LIGHT) == 0


def test_everybody_answers_as_somebody():
    assert {respondent_of(role) for role in Role} == {"boss", "lead", "ops", "cs", "consultant"}


def test_a_dimension_is_compared_with_itself():
    before = {
        "dimensions": [{"key": "ren", "name": "人", "value": 25}, {"key": "huo", "name": "货", "value": None}],
        "qualities": [],
        "team": None,
    }
    now = {
        "dimensions": [{"key": "ren", "name": "人", "value": 60}, {"key": "huo", "name": "货", "value": 41}],
        "qualities": [],
        "team": None,
    }

    assert [(one.name, one.change) for one in compared(before, now)] == [("人", 35), ("货", None)]


def test_numbers_are_known_exactly_and_texts_as_they_are():
    assert known(FRIENDS, "4274") == Decimal(4274)
    assert known(FRIENDS, "u") is None
    assert known(GROUPS, "u") == "u"
    assert known(GROUPS, "n/a") is None
    assert known(REASON, "u") == "u"


def whole(questionnaire, answers) -> Asked:
    keys = frozenset(section.key for section in questionnaire.sections)
    return Asked(questionnaire, [Voice("操盘手", "lead", answers)], keys)


def replace_question(questionnaire, key: str, **changes):
    sections = tuple(
        replace(
            section,
            questions=tuple(replace(one, **changes) if one.key == key else one for one in section.questions),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def groups(questionnaire, visible: set[str]) -> dict[str, list]:
    found: dict[str, list] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if question.key in visible and question.weight and question.dim:
                found.setdefault(question.dim, []).append(question)
    return found
