"""An add-on in a plan that runs already: laid out from its own day, asked for, signed, and there."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Change, Link, Milestone, Post, Task
from siyu_saas.plan.packages import of_pack
from siyu_saas.plan.rules.workdays import is_workday
from siyu_saas.signing.models import Document

from .conftest import HERE, confirm

ADDON = {"package": "addon_campaign", "starts_on": "2026-04-20"}


def added(inside) -> dict[str, Task]:
    with inside():
        return {task.key: task for task in db.session.scalars(sa.select(Task).where(Task.key.startswith("A")))}


def test_what_it_does_is_seen_before(agreed, consultant):
    assert "单场活动专项" in consultant.get("plan.see_addition", **HERE).text
    text = consultant.get("plan.see_addition", **ADDON, **HERE).text

    assert "10 项" in text
    assert "三目标与产能测算" in text
    assert "请选择日期" in consultant.get("plan.see_addition", **{**ADDON, "starts_on": ""}, expect=422, **HERE).text


def test_in_a_confirmed_plan_it_is_there_once_the_merchant_signed(agreed, consultant, boss, inside):
    consultant.post("plan.put_in", form=ADDON, most=40, **HERE)
    assert added(inside) == {}
    page = consultant.get("plan.changing", **HERE).text
    assert "新增：三目标与产能测算" in page
    assert "发给商家确认" in page
    consultant.post("plan.send_edits", form={"reason": "加做一场"}, most=40, **HERE)
    confirm(boss, most=40)

    tasks = added(inside)
    package = {part.key: part for part in of_pack("base")["addon_campaign"].tasks}
    assert tasks.keys() == package.keys()
    assert tasks["A01"].starts_on == date(2026, 4, 20)
    assert all(is_workday(task.starts_on) or task.campaign for task in tasks.values())
    assert all(task.agreed_until == task.ends_on for task in tasks.values())
    assert tasks["A03"].checklists == ["cl_traffic"]
    assert tasks["A01"].owner_name.startswith("dress-")
    with inside():
        ids = {task.id: key for key, task in tasks.items()}
        links = {
            (ids[link.before_id], ids[link.after_id])
            for link in db.session.scalars(sa.select(Link))
            if link.before_id in ids
        }
        assert links == {(before, key) for key, part in package.items() for before in part.depends_on}
        milestones = db.session.scalars(sa.select(Milestone).order_by(Milestone.position)).all()
        assert [one.key for one in milestones] == ["M1", "M2", "A-M1", "A-M2", "A-M3", "A-M4"]
        assert milestones[2].starts_on == date(2026, 4, 20)
        assert "sales" in db.session.scalars(sa.select(Post.role)).all()
        newest = db.session.scalars(sa.select(Document).order_by(Document.number.desc())).first()
        assert "A01 三目标与产能测算" in str(newest.content)


def test_a_second_one_gets_milestones_of_its_own(planned, consultant, inside):
    consultant.post("plan.put_in", form=ADDON, most=60, **HERE)
    consultant.post("plan.put_in", form={**ADDON, "starts_on": "2026-06-01"}, most=60, **HERE)

    with inside():
        keys = db.session.scalars(sa.select(Milestone.key).order_by(Milestone.position)).all()
        assert keys[-1] == "A-M4-2"
        assert db.session.scalars(sa.select(Change)).all() == []


@pytest.mark.parametrize("form", [{"package": "pkg_community_18k"}, {"package": ""}, {"starts_on": "2026-02-30"}])
def test_what_cannot_be_added_is_not(agreed, consultant, inside, form):
    consultant.post("plan.put_in", form={**ADDON, **form}, expect=422, **HERE)

    assert added(inside) == {}
