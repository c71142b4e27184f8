"""Who answers for what is copied into the plan, changed there, and signed with it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.packs.library import pack
from siyu_saas.plan.models import Duty, Post
from siyu_saas.plan.rules.duties import duty_flaw, letters_told
from siyu_saas.plan.rules.team import ROLE_TITLES
from siyu_saas.signing.models import Document
from siyu_saas.tenants.rules import Role
from tests.support.working import run_jobs

from .conftest import HERE, rows


@pytest.fixture
def first(planned, inside) -> dict:
    with inside():
        row = db.session.scalars(sa.select(Duty).order_by(Duty.position)).first()
        return {**HERE, "duty_id": row.id}


def typed(letters: dict[str, str], *, version: int = 1, title: str = "诊断与发现") -> dict[str, str]:
    places = {f"letters-{place}": letters.get(role, "") for place, role in enumerate(ROLE_TITLES)}
    return {"title": title, "version": str(version), **places}


def letters_now(inside) -> dict:
    with inside():
        return db.session.scalars(sa.select(Duty).order_by(Duty.position)).first().letters


def test_the_matrix_of_the_pack_belongs_to_the_plan_and_is_changed_there(first, consultant, visit, planned, inside):
    assert letters_now(inside) == dict(pack("base").responsibilities["diagnosis"].roles)
    consultant.post("plan.mend_duty", form=typed({"lead": "A", "consultant": "R"}), **first)

    assert letters_now(inside) == {"lead": "A", "consultant": "R"}
    assert "诊断与发现" in visit(planned, Role.VIEWER).get("plan.team", **HERE).text
    answer = consultant.post("plan.mend_duty", form=typed({"boss": "A"}, title="别的事"), expect=409, **first)
    assert "别的事" in answer.text


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ({"lead": "R"}, "要有一个角色负责"),
        ({"lead": "A", "boss": "RA"}, "只能有一个角色负责，现在有 2 个：操盘手、店主"),
        ({"lead": "X"}, ""),
    ],
)
def test_exactly_one_role_answers_for_it(first, consultant, inside, letters, sentence):
    before = letters_now(inside)
    answer = consultant.post("plan.mend_duty", form=typed(letters), expect=422, **first)

    assert not sentence or all(part in answer.text for part in sentence.split("：")[0:1])
    assert letters_now(inside) == before


def test_matters_are_added_removed_and_taken_from_the_pack(first, consultant, inside):
    consultant.post("plan.note_duty", form=typed({"lead": "RA"}, title="直播间"), **HERE)
    assert "直播间" in consultant.get("plan.team", **HERE).text
    consultant.post("plan.usual_duties", expect=422, **HERE)
    with inside():
        db.session.execute(sa.delete(Duty))
    consultant.post("plan.usual_duties", **HERE)
    consultant.post("plan.remove_duty", **{**HERE, "duty_id": ids(inside)[0]})

    assert len(ids(inside)) == len(pack("base").responsibilities) - 1


def ids(inside) -> list:
    with inside():
        return list(db.session.scalars(sa.select(Duty.id).order_by(Duty.position)))


def test_the_merchant_signs_who_answers_for_what(planned, consultant, inside):
    consultant.post("plan.send", most=20, **HERE)

    with inside():
        section = db.session.scalars(sa.select(Document).where(Document.kind == "plan")).one().content["sections"][-1]
        assert section["heading"] == "职责分配"
        assert section["text"].startswith("诊断与发现｜执行并负责：顾问")


def told(app, page) -> str:
    run_jobs(app)
    return page.get("notices.show").text


def test_whoever_loses_a_duty_is_told(app, first, consultant, visit, planned, inside):
    consultant.post("plan.mend_duty", form=typed({"lead": "A", "mall_ops": "R"}), **first)
    operator = visit(planned, Role.MALL_OPS)
    consultant.post("plan.mend_duty", form=typed({"lead": "RA"}, version=2), **first)
    assert "职责分配改为：诊断与发现：执行并负责：操盘手" in told(app, operator)

    consultant.post("plan.mend_duty", form=typed({"lead": "A", "mall_ops": "R"}, version=3), **first)
    consultant.post("plan.remove_duty", **first)
    assert "职责分配删除了：诊断与发现" in told(app, operator)
    assert "职责分配" not in told(app, visit(planned, Role.VIEWER))
    assert operator.get("plan.team", **HERE)


def test_whoever_loses_a_task_or_a_role_is_told(app, planned, consultant, visit, id_of, inside):
    lead = visit(planned, Role.LEAD)
    consultant.post("plan.give_to", task_id=id_of("T04"), form={"person": "", "name": "新来的"}, **HERE)
    assert "「活动备战」由新来的负责" in told(app, lead)

    post = next(row for row in rows(inside, Post) if row.role == "lead")
    consultant.post("plan.fill", post_id=post.id, form={"person": "", "name": ""}, **HERE)
    assert "操盘手不再由dress-操盘手担任" in told(app, lead)
    assert str(post.user_id) not in consultant.get("history.of_workspace", tenant="dress").text


def test_letters_are_told_in_words():
    assert (
        letters_told({"lead": "A", "consultant": "R", "cs": "I", "boss": "I"})
        == "负责：操盘手；执行：顾问；知会：店主、客服"
    )
    assert duty_flaw({"lead": "RA"}) == ""
