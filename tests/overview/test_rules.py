"""Where an engagement stands, and whose move it is."""

from datetime import date

import pytest

from siyu_saas.overview.rules import Week, next_move, stage_bar, week_of, whose_turn
from siyu_saas.tenants.rules import Stage

START, END = date(2026, 4, 1), date(2026, 6, 9)


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 3, 31), Week(0, 10)),
        (START, Week(1, 10)),
        (date(2026, 4, 7), Week(1, 10)),
        (date(2026, 4, 8), Week(2, 10)),
        (END, Week(10, 10)),
        (date(2027, 1, 1), Week(10, 10)),
    ],
)
def test_weeks_count_from_the_first_day(today, week):
    assert week_of(START, END, today) == week


def test_stages_before_the_present_one_are_done():
    assert [step.state for step in stage_bar(Stage.CO_CREATE)] == ["done", "on", "todo", "todo"]


@pytest.mark.parametrize(
    ("side", "may_act", "turn"), [("merchant", True, "你"), ("merchant", False, "商家"), ("firm", True, "商家")]
)
def test_only_somebody_who_may_do_it_is_told_that_it_is_their_turn(side, may_act, turn):
    move = next_move(has_engagement=True, files=0, can_add=may_act)
    assert whose_turn(move, side=side, may_act=may_act) == turn


def test_once_files_are_there_the_consultant_moves():
    move = next_move(has_engagement=True, files=3, can_add=True)
    assert whose_turn(move, side="firm", may_act=True) == "你"
    assert whose_turn(move, side="merchant", may_act=True) == "顾问"
    assert "3 份资料" in move.sentence
