"""Conditions and scores: what is asked, what it is worth, and that nothing else changes it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.diagnosis.rules.assessment import Asked, assess
from siyu_saas.diagnosis.rules.comparison import compared
from siyu_saas.diagnosis.rules.conditions import holds
from siyu_saas.diagnosis.rules.respondents import Voice
from siyu_saas.diagnosis.rules.scoring import Item, half_up, items_of, score
from siyu_saas.diagnosis.rules.visibility import visible_questions
from siyu_saas.packs.library import pack
from tests.diagnosis.cases import answers_of, assessed
from tests.diagnosis.small import (
    FRIENDS,
    GROUPS,
    MATRIX,
    SMALL,
    SOURCES,
    definitions,
    filled,
)

ADVICE = pack("base").recommenders


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
