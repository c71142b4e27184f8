"""A milestone from its last accepted task to the merchant's signature and a word of satisfaction."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Milestone, Task
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD

from .conftest import HERE


@pytest.fixture
def worked(agreed, inside):
    """Everything in the first milestone was accepted; its id."""
    with inside():
        milestone = db.session.scalars(sa.select(Milestone).where(Milestone.key == "M1")).one()
        for task in db.session.scalars(sa.select(Task).where(Task.milestone_id == milestone.id)):
            task.state, task.done_on = TaskState.ACCEPTED, date(2026, 4, 3)
        return milestone.id


def of(milestone_id) -> dict:
    return {"milestone_id": milestone_id, **HERE}


def sign(page, milestone_id, *, expect: int = 302):
    text = page.get("plan.milestone", **of(milestone_id)).text
    sha256 = re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', text)[1]
    form = {"sha256": sha256, "proof": PASSWORD}
    return page.post("plan.sign_milestone", form=form, expect=expect, most=22, **of(milestone_id))


def test_the_list_says_how_far_each_milestone_is(worked, boss):
    text = boss.get("plan.milestones", **HERE).text

    assert "3 / 3" in text
    assert "0 / 2" in text
    assert "必做" in text


def test_what_is_not_accepted_is_named_before_the_merchant_is_asked(agreed, consultant, inside):
    with inside():
        second = db.session.scalars(sa.select(Milestone).where(Milestone.key == "M2")).one().id

    answer = consultant.post("plan.ask", expect=422, **of(second))

    assert "活动备战" in answer.text


def test_the_merchant_signs_what_was_done_and_says_how_it_was(worked, consultant, boss, visit, agreed, inside):
    consultant.post("plan.ask", most=20, **of(worked))
    consultant.post("plan.ask", expect=422, **of(worked))
    assert "签收里程碑「链路上线」" in boss.get("plan.waits", **HERE).text
    boss.post("plan.satisfy", form={"stars": "5"}, expect=422, **of(worked))
    boss.post("plan.sign_milestone", form={"sha256": "0" * 64, "proof": "wrong"}, expect=422, **of(worked))

    sign(boss, worked)
    boss.post("plan.satisfy", form={"stars": "6"}, expect=422, **of(worked))
    boss.post("plan.satisfy", form={"stars": "4", "note": "很清楚"}, **of(worked))

    with inside():
        row = db.session.get_one(Milestone, (agreed.id, worked))
        assert (row.reached_on, row.satisfaction, row.satisfaction_note) == (date(2026, 4, 1), 4, "很清楚")
    assert "商家给了 4 分" in consultant.get("plan.milestone", **of(worked)).text
    visit(agreed, Role.CS).post("plan.satisfy", form={"stars": "1"}, expect=403, **of(worked))


def test_the_merchant_says_what_is_missing(worked, consultant, boss):
    consultant.post("plan.ask", most=20, **of(worked))
    boss.post("plan.refuse_milestone", form={"reason": ""}, expect=422, **of(worked))
    boss.post("plan.refuse_milestone", form={"reason": "链路图没有数据点"}, most=18, **of(worked))

    assert "请商家签收" in consultant.get("plan.milestone", **of(worked)).text
    consultant.post("plan.ask", most=20, **of(worked))
    sign(boss, worked)


def test_words_and_gate_are_changed_until_the_merchant_was_asked(worked, consultant):
    form = {"title": "链路上线（改）", "gate": "block", "required": "y", "version": "1", "acceptance": "步数 ≤6"}
    version = re.search(r'name="version"[^>]*value="(\d+)"', consultant.get("plan.edit_milestone", **of(worked)).text)[
        1
    ]
    consultant.post("plan.save_milestone", form={**form, "version": version}, **of(worked))
    consultant.post("plan.save_milestone", form={**form, "version": "0"}, expect=409, **of(worked))

    assert "链路上线（改）" in consultant.get("plan.milestones", **HERE).text
