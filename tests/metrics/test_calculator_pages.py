"""Calculators answer at once, name what is wrong, keep what is worth keeping, and carry a target."""

from __future__ import annotations

import re

import pytest

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.rules.calculators.catalog import CALCULATORS
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.support.targets import make_target

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def team(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("funnel", ("6,000 人", "2,054 人", "10,500.00 元", "47,717 件", "1,085 件")),
        ("invite", ("6,000 人次", "5,000 人", "500 人", "9 天", "多打无用")),
        ("turnover", ("66.00 人", "27,720.00 元", "1.2000")),
        ("cadence", ("每 15 天一场", "05-20（520）", "06-18（618）")),
        ("lottery", ("1.7350 元", "11,881.09 元", "5 折券 4191 份")),
    ],
)
def test_every_calculator_opens_with_the_worked_example(team, kind, told):
    page = team.get("calculators.show", kind=kind, **HERE).text
    for words in (*told, CALCULATORS[kind].warning[:10]):
        assert words in page, words


def test_numbers_in_the_address_are_answered_and_wrong_ones_named(team):
    where = team.address("calculators.show", kind="invite", **HERE)
    query = "pool=5000&per_day=120&people=5&days=5&success_rate=10&deposit_rate=6&group_size=100"
    live = team.get(f"{where}?{query}", headers={"HX-Request": "true"})
    assert "300 人" in live.text
    assert "<html" not in live.text
    wrong = team.get(f"{where}?{query.replace('success_rate=10', 'success_rate=110')}", headers={"HX-Request": "true"})
    assert "比率要在 0 到 100% 之间" in wrong.text
    assert "看不懂" in team.get(f"{where}?{query.replace('pool=5000', 'pool=很多')}").text
    team.get("calculators.show", kind="nothing", expect=404, **HERE)


def test_chances_that_do_not_add_up_are_named_in_the_form(team):
    form = {"draws": "100", "prizes": "券，50%，1"}
    answer = team.post("calculators.keep", kind="lottery", form=form, expect=422, **HERE)
    assert "少 50" in answer.text
    assert "券，50%，1" in answer.text
    team.post("calculators.keep", kind="lottery", form={"draws": "100", "prizes": "?"}, expect=422, **HERE)


def test_an_answer_is_kept_once_and_carries_a_target(app, dress_shop, visit, team):
    form = {one.name: one.usual for one in CALCULATORS["funnel"].questions}
    shown = team.post("calculators.keep", kind="funnel", form=form, expect=200, **HERE)
    assert "6,000 人" in shown.text
    kept = [
        team.post("calculators.keep", kind="funnel", form={**form, "keep": "1", "once": "o1"}, **HERE) for _ in "ab"
    ]
    assert kept[0].location == kept[1].location
    assert "用这些数再算" in team.get(kept[0].location).text
    assert "公转私漏斗" in team.get("calculators.index", **HERE).text
    with app.app_context(), writing(), tenant(dress_shop.id):
        run = db.session.scalars(db.select(CalcRun)).one()
        target = make_target(engagement_numbered(1).id, by=dress_shop.actor)
        db.session.commit()
        at = {**HERE, "target_id": target.id}
    for _ in range(2):
        team.post("targets.support", run_id=run.id, **at)
    assert run.title in team.get("targets.show", **at).text
    visit(dress_shop, Role.VIEWER).post("calculators.keep", kind="funnel", form=form, expect=403, **HERE)


def test_hidden_fields_do_not_travel_with_the_live_question(team):
    page = team.get("calculators.show", kind="invite", **HERE).text
    assert re.search(r'data-hx-params="not csrf_token,once"', page)
