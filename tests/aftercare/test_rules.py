"""Qualities, NPS, review days and likeness of questions, with the figures of the domain's worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.aftercare.rules.advice import review_day
from siyu_saas.aftercare.rules.inquiries import days_late, likeness, similar
from siyu_saas.aftercare.rules.next_stage import proposals
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS, Period, difference, score, without_evidence
from siyu_saas.aftercare.rules.satisfaction import SurveyKind, outcome, promise_is_due
from siyu_saas.packs.library import pack

BEFORE = {"team": (0, 0, 0, 1, 0), "link": (0, 0, 1, 0, 1, 0), "basics": (1, 0, 1, 0), "content": (0, 0, 0, 1, 0)}
AFTER = {"team": (3, 3, 3, 3, 2), "link": (4, 3, 3, 3, 3, 2), "basics": (4, 3, 3, 3), "content": (3, 3, 3, 3, 3)}


def answers(given: dict) -> dict:
    return {key: value for one in DIMENSIONS for key, value in zip(one.keys, given[one.key], strict=True)}


def test_the_worked_example_of_the_four_qualities():
    before = [score(one, answers(BEFORE)) for one in DIMENSIONS]
    after = [score(one, answers(AFTER)) for one in DIMENSIONS]

    assert before == [5, 8, 13, 5]
    assert after == [70, 75, 81, 75]
    assert [difference(*pair) for pair in zip(before, after, strict=True)] == [65, 67, 68, 70]


def test_an_open_question_leaves_its_dimension_without_a_score():
    assert score(DIMENSIONS[0], {**answers(AFTER), "team_5": None}) is None
    assert difference(None, 70) is None


def test_a_high_score_at_the_end_wants_evidence_and_at_the_beginning_not():
    given = answers(AFTER)
    assert without_evidence(Period.BEFORE, given, {}) == []
    assert set(without_evidence(Period.AFTER, given, {})) == {key for key, value in given.items() if value >= 3}
    assert without_evidence(Period.AFTER, given, dict.fromkeys(given, "截图")) == []


@pytest.mark.parametrize(
    ("kind", "scores", "figure"),
    [
        (SurveyKind.NPS, [9, 10, 8, 6], 25),
        (SurveyKind.NPS, [0], -100),
        (SurveyKind.NPS, [9, 9, 0], 33),
        (SurveyKind.MILESTONE, [5, 4, 4], Decimal("4.3")),
        (SurveyKind.MILESTONE, [], None),
    ],
)
def test_satisfaction(kind, scores, figure):
    assert outcome(kind, scores).figure == figure


@given(st.lists(st.integers(0, 10), min_size=1))
def test_nps_stays_within_a_hundred(scores):
    assert -100 <= outcome(SurveyKind.NPS, scores).figure <= 100


@pytest.mark.parametrize(("score_given", "promise", "due"), [(6, "", True), (6, "改", False), (7, "", False)])
def test_a_low_score_wants_a_promise(score_given, promise, due):
    assert promise_is_due(score_given, promise) is due


def test_the_library_holds_five_topics_with_three_pieces_each():
    topics = [one.topic for one in pack("base").advice.values()]
    assert len(topics) == 15
    assert {topics.count(topic) for topic in topics} == {3}


@pytest.mark.parametrize(
    ("day", "review"),
    [
        (date(2026, 6, 9), date(2026, 9, 9)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_advice_is_looked_at_again_three_months_later(day, review):
    assert review_day(day, 3) == review


def test_similar_questions_are_found_and_strangers_are_not():
    class Row:
        def __init__(self, question):
            self.question = question

    rows = [Row("社群没人说话怎么办？"), Row("包裹卡的扫码率太低"), Row("发票怎么开")]
    assert [one.row.question for one in similar("群里没人说话，怎么办", rows)] == ["社群没人说话怎么办？"]
    assert likeness("社群", "社群") == 1
    assert likeness("？", "") == 0


def test_an_inquiry_is_late_until_it_is_answered():
    assert days_late(date(2026, 6, 3), date(2026, 6, 5), answered=False) == 2
    assert days_late(date(2026, 6, 3), date(2026, 6, 5), answered=True) == 0


def test_a_next_stage_is_proposed_only_from_gaps_that_are_recorded():
    found = proposals([("社群 GMV", "部分达成")], [("团队合作", "工具追踪"), ("入群链路", "无")], "没有")
    assert [(one.title, one.why) for one in found] == [
        ("继续推进「社群 GMV」", "本期结论：部分达成"),
        ("补齐团队合作", "工具追踪"),
    ]
