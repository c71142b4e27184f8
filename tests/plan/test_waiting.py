"""Whose move it is, what waiting cost each side, and reminders once a day."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db
from siyu_saas.plan.models import Nudge
from siyu_saas.plan.rules.states import TaskState, is_late, whose_move
from siyu_saas.plan.rules.waiting import Cause, days_waited, lost_days, total_of
from siyu_saas.tenants.rules import Role, Side

from .conftest import HERE

F, M = Side.FIRM, Side.MERCHANT


@pytest.mark.parametrize(
    ("began", "ended", "days"),
    [
        ("2026-04-01", "2026-04-01", 0),
        ("2026-04-03", "2026-04-07", 1),  # over 清明
        ("2026-09-30", "2026-10-08", 1),  # over 国庆
        ("2026-10-09", "2026-10-12", 2),  # 调休 Saturday counts
    ],
)
def test_waiting_is_counted_in_working_days_after_the_first(began, ended, days):
    assert days_waited(date.fromisoformat(began), date.fromisoformat(ended)) == days


@pytest.mark.parametrize(
    ("side", "state", "stuck", "move"),
    [
        (M, TaskState.TODO, None, M),
        (M, TaskState.SUBMITTED, None, F),
        (F, TaskState.SUBMITTED, None, M),
        (M, TaskState.RETURNED, None, M),
        (M, TaskState.DOING, F, F),
        (M, TaskState.ACCEPTED, None, None),
    ],
)
def test_every_open_thing_has_a_side(side, state, stuck, move):
    assert whose_move(side, state, stuck) is move


def test_what_waits_for_acceptance_is_not_late():
    assert is_late(TaskState.DOING, date(2026, 4, 1), date(2026, 4, 2))
    assert not is_late(TaskState.SUBMITTED, date(2026, 4, 1), date(2026, 4, 2))
    assert not is_late(TaskState.DOING, date(2026, 4, 2), date(2026, 4, 2))


def test_days_are_summed_by_side_and_reason():
    def wait(side, cause, began, ended=None):
        began, ended = date(2026, 4, began), ended and date(2026, 4, ended)
        return SimpleNamespace(side=side, cause=cause, began_on=began, ended_on=ended)

    lost = lost_days(
        [
            wait(M, Cause.STUCK, 7, 9),
            wait(M, Cause.STUCK, 13),
            wait(F, Cause.REVIEW, 8, 9),
            wait(M, Cause.RETURNED, 9, 9),
        ],
        today=date(2026, 4, 15),
    )

    assert [(one.side, one.cause, one.days, one.times) for one in lost] == [
        (M, Cause.STUCK, 4, 2),
        (F, Cause.REVIEW, 1, 1),
        (M, Cause.RETURNED, 0, 1),
    ]
    assert total_of(lost, M) == 4


def test_the_courts_say_whose_move_it_is_and_by_when(agreed, consultant, boss, visit, id_of):
    visit(agreed, Role.LEAD).post("plan.hand_in", task_id=id_of("T04"), form={"remark": ""}, most=20, **HERE)
    for page, own, theirs in ((consultant, "等你们", "等商家"), (boss, "等你们", "等顾问")):
        text = page.get("plan.waits", **HERE).text
        assert own in text
        assert theirs in text
        assert "验收「活动备战」" in text
        assert "链路设计" in text


def test_a_reminder_is_shown_first_sent_once_a_day_and_only_to_the_other_side(agreed, boss, id_of, inside, visit):
    thing = f"task-{id_of('T01')}"
    assert "请在 4 月 2 日 周四 18:00 前完成" in boss.get("plan.ask_nudge", thing=thing, **HERE).text
    boss.post("plan.send_nudge", form={"thing": thing}, **HERE)
    assert "今天已提醒" in boss.get("plan.waits", **HERE).text
    boss.post("plan.send_nudge", form={"thing": thing}, expect=422, **HERE)
    visit(agreed, Role.CONSULTANT).post("plan.send_nudge", form={"thing": thing}, expect=404, **HERE)
    with time_machine.travel("2026-04-09T02:00:00Z", tick=True):
        late = visit(agreed, Role.BOSS)
        assert "已经过了 7 天" in late.get("plan.ask_nudge", thing=thing, **HERE).text
        late.post("plan.send_nudge", form={"thing": thing}, **HERE)

    with inside():
        assert db.session.scalar(sa.select(sa.func.count(Nudge.id))) == 2


def test_the_record_names_side_reason_and_days(agreed, visit, id_of):
    visit(agreed, Role.LEAD).post(
        "plan.hold", task_id=id_of("T04"), form={"reason": "等卡片样稿", "side": "firm"}, most=16, **HERE
    )
    with time_machine.travel("2026-04-09T02:00:00Z", tick=True):
        text = visit(agreed, Role.BOSS).get("plan.lost", **HERE).text

    assert "等卡片样稿" in text
    assert "顾问合计" in text
    assert '<td class="num" data-label="工作日">5</td>' in text
