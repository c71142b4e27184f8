"""Where an engagement stands, and whose move it is."""

from datetime import date
from types import SimpleNamespace

import pytest

from siyu_saas.overview.rules import Move, Week, first_steps, next_move, stage_bar, way_to, week_of, whose_turn
from siyu_saas.tenants.rules import Role, Side, Stage
from siyu_saas.tenants.rules.stages import Missing

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


def engagement(**changes):
    fields = {"stage": Stage.DIAGNOSE, "coordinator": "", "kickoff_at": None, "paused_on": None, "archived_at": None}
    return SimpleNamespace(**{**fields, **changes})


@pytest.mark.parametrize(
    ("side", "may_act", "turn"),
    [(Side.MERCHANT, True, "你"), (Side.MERCHANT, False, "商家"), (Side.FIRM, True, "商家")],
)
def test_only_somebody_who_may_do_it_is_told_that_it_is_their_turn(side, may_act, turn):
    missing = [Missing(Side.MERCHANT, "填写诊断问卷", "填写问卷", "diagnosis.show", "sheet.fill")]
    move = next_move(engagement(), missing)
    assert whose_turn(move, side=side, may_act=may_act) == turn


def test_what_is_missing_comes_before_everything_else_and_says_what_it_is_for():
    missing = [Missing(Side.FIRM, "确定一位全程对接人", "填写对接人", "workspace.stages", "engagement.edit")]
    move = next_move(engagement(), missing)
    assert move.sentence == "确定一位全程对接人，之后才能进入「方案共创」"
    assert (move.side, move.endpoint) == (Side.FIRM, "workspace.stages")


def test_with_nothing_missing_the_consultant_may_go_on():
    move = next_move(engagement(), [])
    assert whose_turn(move, side=Side.FIRM, may_act=True) == "你"
    assert "进入「方案共创」" in move.sentence


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"paused_on": START}, "暂停"), ({"archived_at": START}, "归档"), ({"stage": Stage.CLOSE}, "归档")],
)
def test_a_stopped_engagement_says_so(changes, words):
    assert words in next_move(engagement(**changes), []).sentence


def test_the_first_steps_go_away_once_they_are_done():
    new = engagement()
    assert [step.done for step in first_steps(new, frozenset(), asked=False)] == [False, False, False, False]
    assert [step.done for step in first_steps(new, frozenset({Role.BOSS}), asked=True)] == [True, False, True, False]
    done = engagement(coordinator="王芳", kickoff_at=START)
    assert first_steps(done, frozenset({Role.BOSS}), asked=True) == []
    assert len(first_steps(done, frozenset({Role.BOSS}), asked=False)) == 4
    assert first_steps(engagement(stage=Stage.GUIDE), frozenset(), asked=False) == []


def test_nobody_is_told_to_do_what_is_the_other_sides():
    move = Move(Side.FIRM, "中期数据会")
    assert way_to(move, side=Side.FIRM) == "去处理"
    assert way_to(move, side=Side.MERCHANT) == "去看看"
    assert way_to(Move(Side.FIRM, "条件都齐了", "去归档"), side=Side.FIRM) == "去归档"
