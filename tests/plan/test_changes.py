"""Moves, links and removals: at once in a draft, by consent once the plan is confirmed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db
from siyu_saas.plan.models import Change, Link, Plan
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.signing.models import Document
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.support.plans import task_keyed

from .conftest import HERE, confirm, rows


def move(page, task_id, first: str, last: str, *, expect: int = 302):
    form = {"starts_on": first, "ends_on": last}
    return page.post("plan.move", task_id=task_id, form=form, expect=expect, most=26, **HERE)


def test_in_a_draft_a_move_pushes_what_stands_behind_at_once(planned, consultant, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")

    with inside():
        assert task_keyed("T05").starts_on == date(2026, 4, 16)


def test_after_the_confirmation_moves_are_collected_shown_and_asked_for(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")
    page = consultant.get("plan.changing", **HERE).text
    assert "活动改期" in page
    assert "完工日从 2026-04-16 变为 2026-04-18" in page
    with inside():
        assert task_keyed("T05").starts_on == date(2026, 4, 14)

    consultant.post("plan.send_edits", form={"reason": "物料晚到"}, most=30, **HERE)
    assert "这次改动的影响" in boss.get("plan.confirm", **HERE).text
    move(consultant, id_of("T03"), "2026-04-07", "2026-04-07", expect=422)
    confirm(boss)

    with inside():
        task = task_keyed("T05")
        assert (task.starts_on, task.ends_on) == (date(2026, 4, 16), date(2026, 4, 18))
        assert task.agreed_until == date(2026, 4, 16)
        assert db.session.scalars(sa.select(Plan)).one().edition == 2
        assert db.session.scalars(sa.select(Change)).one().state is ChangeState.CONFIRMED
        first, second = db.session.scalars(sa.select(Document).order_by(Document.number)).all()
        assert first.superseded_at is not None
        assert second.previous_sha256 == first.sha256
    assert "比约定晚 2 天" in boss.get("plan.listing", **HERE).text


def test_the_merchant_says_no_and_the_plan_stays(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")
    consultant.post("plan.send_edits", form={"reason": "物料晚到"}, most=30, **HERE)
    boss.post("plan.refuse", form={"reason": "活动日不能动"}, most=20, **HERE)

    assert "活动日不能动" in consultant.get("plan.changing", **HERE).text
    with inside():
        assert task_keyed("T04").ends_on == date(2026, 4, 10)
        first, second = db.session.scalars(sa.select(Document).order_by(Document.number)).all()
        assert first.superseded_at is None
        assert second.superseded_at is not None


def test_a_small_change_is_told_and_not_asked(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-07", "2026-04-09")
    assert "生效并知会" in consultant.get("plan.changing", **HERE).text
    consultant.post("plan.send_edits", form={"reason": ""}, most=30, **HERE)

    with inside():
        assert task_keyed("T04").ends_on == date(2026, 4, 9)
        assert db.session.scalars(sa.select(Change)).one().state is ChangeState.INFORMED


def test_tasks_that_wait_for_each_other_are_refused_by_name(agreed, planned, consultant, id_of):
    form = {"before": str(id_of("T04"))}
    answer = consultant.post("plan.wait_for", task_id=id_of("T01"), form=form, expect=422, most=20, **HERE)

    assert "互相等待" in answer.text


def test_a_removed_task_hands_on_what_it_waited_for(planned, consultant, id_of, inside):
    before, after = id_of("T01"), id_of("T04")
    consultant.post("plan.take_out", task_id=id_of("T02"), most=24, **HERE)
    consultant.get("plan.task", task_id=after, **HERE)

    assert (before, after) in {(link.before_id, link.after_id) for link in rows(inside, Link)}


def test_a_pause_moves_the_rest_and_keeps_what_was_agreed(agreed, consultant, visit, inside):
    consultant.post("workspace.stop", form={"reason": "换仓", "side": "merchant"}, **HERE)
    with time_machine.travel("2026-04-08T02:00:00Z", tick=True):
        visit(agreed, Role.CONSULTANT).post("workspace.go_on", most=26, **HERE)

    with inside():
        assert db.session.scalars(sa.select(Engagement)).one().ends_on == date(2026, 6, 16)
        task = task_keyed("T05")
        assert (task.starts_on, task.agreed_from) == (date(2026, 4, 21), date(2026, 4, 14))
